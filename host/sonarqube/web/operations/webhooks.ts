import { formatDate } from '../../dates';
import { SonarQubeLimits } from '../../limits';
import type { Settings } from '../../settings';
import type { Delivery, Webhook, WebhookScope } from '../../state/webhooks';
import { isSince } from '../../versions';
import { ApiError } from '../api-error';
import { findOrganization, getProjectFor, requireGlobal } from '../lookups';
import type { Call, Operation } from '../operation';
import { cutPage } from '../paging';
import { requireLength, requireMinimum, type Parameters } from '../parameters';
import type { Server } from '../server';

const { webhookSecretMinimum, webhookSecretMaximum, webhooksPerScope } = SonarQubeLimits;

function readName(parameters: Parameters): string {
  return requireLength('name', parameters.get('name'), SonarQubeLimits.webhookNameLength);
}

function readUrl(parameters: Parameters): string {
  const url = requireLength('url', parameters.get('url'), SonarQubeLimits.webhookUrlLength);
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol === 'http:' || parsed?.protocol === 'https:') return url;
  throw new ApiError(400, `Url parameter with value '${url}' is not a valid url`);
}

function readSecret(parameters: Parameters, settings: Settings): string | null {
  const secret = parameters.find('secret');
  if (secret === undefined) return null;
  if (isSince(settings, '10.6')) requireMinimum('secret', secret, webhookSecretMinimum);
  return requireLength('secret', secret, webhookSecretMaximum);
}

function toDelivery(delivery: Delivery) {
  return {
    id: delivery.id,
    componentKey: delivery.projectKey,
    ...(delivery.taskId !== null && { ceTaskId: delivery.taskId }),
    name: delivery.name,
    url: delivery.url,
    at: formatDate(delivery.at),
    success: delivery.success,
    ...(delivery.httpStatus !== null && { httpStatus: delivery.httpStatus }),
    durationMs: delivery.durationMs,
  };
}

/** Operations about webhooks and their deliveries. */
export function createWebhookOperations(server: Server): readonly Operation[] {
  const { state, settings } = server;

  /** @throws ApiError 403 unless the caller administers the project, or else the server or organization. */
  function requireAdministrator(call: Call, { projectKey, organization }: WebhookScope): void {
    if (projectKey === null) requireGlobal(call, 'admin', organization);
    else getProjectFor(server, call, projectKey, 'admin');
  }

  function readScope(call: Call): WebhookScope {
    const organization = findOrganization(server, call) ?? null;
    const projectKey = call.parameters.find('project');
    const scope =
      projectKey === undefined
        ? { projectKey: null, organization }
        : { projectKey, organization: null };
    requireAdministrator(call, scope);
    return scope;
  }

  /** Cloud has webhooks from the Team plan on; how it says so is not documented. */
  function requirePlan(organization: string | undefined): void {
    if (organization === undefined) return;
    if (state.organizations.find(organization)?.plan !== 'free') return;
    throw new ApiError(400, `The plan of organization '${organization}' has no webhooks`);
  }

  function getWebhook(call: Call): Webhook {
    const key = call.parameters.get('webhook');
    const webhook = state.webhooks.find(key);
    if (!webhook) throw new ApiError(404, `No webhook with key '${key}'`);
    requireAdministrator(call, webhook);
    return webhook;
  }

  function toWebhook({ key, name, url, secret }: Webhook) {
    const told = isSince(settings, '10.1')
      ? { hasSecret: secret !== null }
      : { ...(secret !== null && { secret }) };
    return { key, name, url, ...told };
  }

  function withLatestDelivery(webhook: Webhook, deliveries: readonly Delivery[]) {
    const latest = deliveries.find(({ webhookKey }) => webhookKey === webhook.key);
    if (!latest) return toWebhook(webhook);
    const { id, at, success, httpStatus, durationMs } = latest;
    return {
      ...toWebhook(webhook),
      latestDelivery: {
        id,
        at: formatDate(at),
        success,
        ...(httpStatus !== null && { httpStatus }),
        durationMs,
      },
    };
  }

  return [
    {
      path: 'webhooks/create',
      method: 'POST',
      access: 'user',
      answer(call) {
        const { parameters } = call;
        const name = readName(parameters);
        const url = readUrl(parameters);
        const secret = readSecret(parameters, settings);
        const scope = readScope(call);
        requirePlan(findOrganization(server, call));
        if (state.webhooks.list(scope).length >= webhooksPerScope) {
          const place =
            scope.projectKey === null ? 'organization' : `project '${scope.projectKey}'`;
          throw new ApiError(
            400,
            `Maximum number of webhook (${webhooksPerScope}) has been reached for ${place}`,
          );
        }
        return { webhook: toWebhook(state.webhooks.add({ ...scope, name, url, secret })) };
      },
    },
    {
      path: 'webhooks/update',
      method: 'POST',
      access: 'user',
      answer(call) {
        const { parameters } = call;
        const { key, secret } = getWebhook(call);
        state.webhooks.update(key, {
          name: readName(parameters),
          url: readUrl(parameters),
          // Absent keeps the secret, empty removes it.
          secret: parameters.has('secret') ? readSecret(parameters, settings) : secret,
        });
      },
    },
    {
      path: 'webhooks/delete',
      method: 'POST',
      access: 'user',
      answer(call) {
        state.webhooks.remove(getWebhook(call).key);
      },
    },
    {
      path: 'webhooks/list',
      method: 'GET',
      access: 'user',
      answer(call) {
        const deliveries = state.webhooks.listDeliveries();
        return {
          webhooks: state.webhooks
            .list(readScope(call))
            .map((webhook) => withLatestDelivery(webhook, deliveries)),
        };
      },
    },
    {
      path: 'webhooks/deliveries',
      method: 'GET',
      access: 'user',
      answer({ parameters }) {
        const wanted = {
          webhookKey: parameters.find('webhook'),
          projectKey: parameters.find('componentKey'),
          taskId: parameters.find('ceTaskId'),
        };
        const given = Object.values(wanted).filter((value) => value !== undefined);
        if (given.length !== 1) {
          throw new ApiError(
            400,
            "Either 'ceTaskId' or 'componentKey' or 'webhook' must be provided",
          );
        }
        const found = state.webhooks.listDeliveries().filter((delivery) => {
          return (
            delivery.webhookKey === wanted.webhookKey ||
            delivery.projectKey === wanted.projectKey ||
            (delivery.taskId !== null && delivery.taskId === wanted.taskId)
          );
        });
        const { entries, paging } = cutPage(found, parameters, { defaultSize: 10 });
        return { paging, deliveries: entries.map(toDelivery) };
      },
    },
    {
      path: 'webhooks/delivery',
      method: 'GET',
      access: 'user',
      answer({ parameters }) {
        const id = parameters.get('deliveryId');
        const delivery = state.webhooks.listDeliveries().find((one) => one.id === id);
        if (!delivery) throw new ApiError(404, 'Webhook delivery not found');
        return {
          delivery: {
            ...toDelivery(delivery),
            payload: delivery.payload,
            ...(delivery.httpStatus === null && { errorStacktrace: 'java.io.IOException' }),
          },
        };
      },
    },
  ];
}
