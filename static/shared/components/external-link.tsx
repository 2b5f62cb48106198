import type { MouseEvent, ReactNode } from 'react';
import { router } from '../bridge/forge-bridge-later';
import { Icon } from './icon';

interface ExternalLinkProps {
  readonly href: string;
  /** Said after the text to those who do not see the icon. */
  readonly hint: string;
  readonly children: ReactNode;
}

function onClick(event: MouseEvent<HTMLAnchorElement>): void {
  event.preventDefault();
  // The frame may not open windows itself. A rejection means that the person said no to leaving.
  router.open(event.currentTarget.href).catch(() => undefined);
}

/** A link that leaves Bitbucket, through the platform. An address that is not http(s) shows as nothing. */
export function ExternalLink({ href, hint, children }: ExternalLinkProps) {
  if (!/^https?:\/\//i.test(href)) return null;
  return (
    <a className="link" href={href} target="_blank" rel="noreferrer" onClick={onClick}>
      {children}
      <Icon name="external" />
      <span className="hidden"> ({hint})</span>
    </a>
  );
}
