import { formatDate } from '../../dates';
import { SonarQubeLimits } from '../../limits';
import type { Delivery, Webhook, WebhookScope } from '../../state/webhooks';
import { ApiError } from '../api-error';
import { findOrganization, getProject } from '../lookups';
import type { Call, Operation } from '../operation';
import { cutPage } from '../paging';
import type { Parameters } from '../parameters';
import type { Server } from '../server';

const { webhookSecretMinimum, webhookSecretMaximum, webhooksPerScope } = SonarQubeLimits;

function readName(parameters: Parameters): string {
  return requireLength('name', parameters.get('name'), SonarQubeLimits.webhookNameLength);
}

function requireLength(name: string, value: string, maximum: number): string {
  if (value.length <= maximum) return value;
  throw new ApiError(
    400,
    `'${name}' length (${value.length}) is longer than the maximum authorized (${maximum})`,
  );
}

function readUrl(parameters: Parameters): string {
  const url = requireLength('url', parameters.get('url'), SonarQubeLimits.webhookUrlLength);
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol === 'http:' || parsed?.protocol === 'https:') return url;
  throw new ApiError(400, `Url parameter with value '${url}' is not a valid url`);
}

function readSecret(parameters: Parameters): string | null {
  const secret = parameters.find('secret');
  if (secret === undefined) return null;
  if (secret.length < webhookSecretMinimum) {
    throw new ApiError(
      400,
      `'secret' length (${secret.length}) is shorter than the minimum authorized (${webhookSecretMinimum})`,
    );
  }
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
  const { state } = server;

  function readScope(call: Call): WebhookScope {
    const organization = findOrganization(server, call) ?? null;
    const key = call.parameters.find('project');
    return key === undefined
      ? { projectKey: null, organization }
      : { projectKey: getProject(server, call, key).key, organization: null };
  }

  function getWebhook(parameters: Parameters): Webhook {
    const key = parameters.get('webhook');
    const webhook = state.webhooks.find(key);
    if (!webhook) throw new ApiError(404, `No webhook with key '${key}'`);
    return webhook;
  }

  function toWebhook({ key, name, url, secret }: Webhook) {
    return { key, name, url, hasSecret: secret !== null };
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
        const secret = readSecret(parameters);
        const scope = readScope(call);
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
      answer({ parameters }) {
        const { key, secret } = getWebhook(parameters);
        state.webhooks.update(key, {
          name: readName(parameters),
          url: readUrl(parameters),
          // Absent keeps the secret, empty removes it.
          secret: parameters.has('secret') ? readSecret(parameters) : secret,
        });
      },
    },
    {
      path: 'webhooks/delete',
      method: 'POST',
      access: 'user',
      answer({ parameters }) {
        state.webhooks.remove(getWebhook(parameters).key);
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
        if (!delivery) throw new ApiError(404, `Webhook delivery not found: ${id}`);
        return { delivery: { ...toDelivery(delivery), payload: delivery.payload } };
      },
    },
  ];
}
