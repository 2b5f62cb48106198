import { startForms } from './forms';
import { startFrames } from './frames';
import { startLive } from './live';
import { startMenus } from './menus';
import { startTheme } from './theme';

// Loaded blocking in the head: frames start while the rest of the page is still arriving.
startFrames();
startLive();
startForms();
document.addEventListener('DOMContentLoaded', () => {
  startTheme();
  startMenus();
});
