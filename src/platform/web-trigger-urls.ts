import { webTrigger } from '@forge/api';
import type { WebTriggerUrls } from '../domain/ports/messaging';

/** URLs of the manifest's web triggers; the same for as long as the app is installed. */
export function createWebTriggerUrls(): WebTriggerUrls {
  return {
    async getDeliveryUrl() {
      return (await webTrigger.getUrl('sonarqube-webhook')).replace(/\/+$/, '');
    },
  };
}
