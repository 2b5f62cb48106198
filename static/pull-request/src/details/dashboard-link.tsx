import { ExternalLink } from '../../../shared/components/external-link';
import { detailTexts } from './texts';

/** The way to the server's own page of this pull request. */
export function DashboardLink({ href }: { readonly href: string }) {
  return (
    <ExternalLink href={href} hint={detailTexts.newTab}>
      {detailTexts.openDashboard}
    </ExternalLink>
  );
}
