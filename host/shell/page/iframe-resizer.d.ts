declare module 'iframe-resizer/js/iframeResizer' {
  /** Keeps the height of a frame equal to the height of its content; version 4 (MIT). */
  export default function iframeResize(
    options: {
      readonly checkOrigin: readonly string[];
      readonly scrolling: boolean;
      readonly warningTimeout: number;
    },
    target: HTMLIFrameElement,
  ): unknown;
}
