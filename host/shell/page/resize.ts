import iframeResize from 'iframe-resizer/js/iframeResizer';

/** Keeps a frame as tall as its content, by the same script as the product's page. */
export function resizeToContent(iframe: HTMLIFrameElement): void {
  const checkOrigin = [new URL(iframe.src).origin];
  // The child script arrives late on a slow link; a warning in the console would help nobody.
  iframeResize({ checkOrigin, scrolling: false, warningTimeout: 0 }, iframe);
}
