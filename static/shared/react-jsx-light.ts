import { createElement, Fragment, type ComponentType } from 'preact';

/** React's automatic JSX over the `createElement` that Preact's core already carries; see react-light.ts. */
export function jsx(type: ComponentType | string, props: object, key?: string) {
  return createElement(type as string, key === undefined ? props : { ...props, key });
}

export { Fragment, jsx as jsxs };
