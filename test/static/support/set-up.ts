import { configure } from '@testing-library/dom';
import { bridge } from './bridge-stand-in';

// How long a test waits for what it looks for: finding things by their role takes jsdom its time on a busy machine.
configure({ asyncUtilTimeout: 4_000 });

// The package reads the platform's global while it loads, so it has to be there first, as on the platform.
Object.assign(globalThis, { __bridge: { callBridge: bridge.callBridge } });

// jsdom draws nothing and says so on each try; axe asks for a canvas to look for icons made of letters.
if (typeof HTMLCanvasElement !== 'undefined') HTMLCanvasElement.prototype.getContext = () => null;
