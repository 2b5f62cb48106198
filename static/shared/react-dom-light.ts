import { render, type ComponentChild } from 'preact';

/** React's `createRoot` over Preact; see react-light.ts. */
export function createRoot(container: Element) {
  return {
    render: (page: ComponentChild) => render(page, container),
    unmount: () => render(null, container),
  };
}
