import { startForms } from './forms';
import { startFrames } from './frames';
import { startLive } from './live';
import { startMenus } from './menus';
import { startActions } from './modal';
import { startTheme } from './theme';

// Deferred: the page and its frames arrive beside this script, not behind it.
startFrames();
startLive();
startForms();
startTheme();
startMenus();
startActions();
