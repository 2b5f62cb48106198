import { Hono, type Context } from 'hono';
import * as z from 'zod';
import { currentUser } from '../session';
import type { Frame } from '../frame/registry';
import { invokeFromFrame } from '../invoke';
import { realtimeKey } from '../live-updates';
import { fetchProduct, ProductFetch } from '../product-fetch';
import { modulePath } from '../settings-navigation';
import type { ShellServices } from '../shell-options';
import { allow, sandbox } from '../view/frame';

const Invoke = z.object({ functionKey: z.string(), payload: z.unknown().optional() });
const ModalRequest = z.object({ resource: z.string().nullable(), context: z.unknown().optional() });
const Channel = z.object({ channelName: z.string().min(1).max(250), isGlobal: z.boolean() });
/** What `router.navigate` and `router.getUrl` send for a page of an app. */
const NavigationTarget = z.object({
  target: z.string(),
  moduleKey: z.string().default(''),
  repositoryId: z.string().optional(),
});
const Subscribe = Channel.extend({ token: z.string().optional() });
const Publish = Channel.extend({ eventPayload: z.unknown().optional() });

/** What the page asks of the server for a frame. The frame id stands for module, person and place. */
export function frameRoutes(services: ShellServices): Hono {
  const { platform, registry, live, modules, clock } = services;
  const app = new Hono();

  /** The frame, unless the host has forgotten it or the person has changed since the page was made. */
  function findFrame(context: Context): Frame | undefined {
    const frame = registry.findFrame(context.req.param('frameId') ?? '');
    const user = currentUser(context, services.bitbucket.users);
    return frame?.page.accountId === user.accountId ? frame : undefined;
  }

  function route<S extends z.ZodType>(
    path: string,
    schema: S,
    answer: (frame: Frame, input: z.infer<S>) => unknown,
  ): void {
    app.post(`/:frameId${path}`, async (context) => {
      const frame = findFrame(context);
      if (!frame) return context.json({ message: 'This page is out of date; load it again.' }, 410);
      const input = schema.safeParse(await context.req.json().catch(() => undefined));
      if (!input.success)
        return context.json({ message: `Bad input: ${z.prettifyError(input.error)}` }, 400);
      try {
        return context.json((await answer(frame, input.data)) ?? null);
      } catch (error) {
        return context.json(
          { message: error instanceof Error ? error.message : String(error) },
          400,
        );
      }
    });
  }

  route('/invoke', Invoke, (frame, call) => invokeFromFrame(platform, frame, call));
  route('/fetch-product', ProductFetch, (frame, call) =>
    fetchProduct({ ...services, scopes: services.manifest.scopes }, frame, call),
  );
  route('/modal', ModalRequest, (frame, { resource, context }) => {
    const view = modules.renderModal(frame, resource, context);
    if (!view) throw new Error(`manifest.yml names no resource "${resource ?? ''}".`);
    return { ...view, sandbox, allow };
  });
  route('/url', NavigationTarget, async ({ page }, target) => {
    const user = services.bitbucket.users.find(({ accountId }) => accountId === page.accountId);
    if (target.target !== 'module' || !user)
      throw new Error(
        `The navigation target "${target.target}" is not emulated by the local host.`,
      );
    const repository =
      target.repositoryId === undefined
        ? undefined
        : await services.access.findRepository(user, target.repositoryId);
    const base = repository && `/${services.bitbucket.workspace.slug}/${repository.slug}`;
    const path = modulePath(services, target.moduleKey, base);
    if (path === undefined)
      throw new Error(`There is no page of the module "${target.moduleKey}".`);
    return { url: path };
  });
  const egress = (name: string, run: (request: unknown) => unknown, isForAll = false) => {
    route(`/egress/${name}`, z.unknown(), ({ page }, request) => {
      const user = services.bitbucket.users.find(({ accountId }) => accountId === page.accountId);
      if (!isForAll && user?.workspaceRole !== 'owner')
        throw new Error(
          'Only an administrator of the workspace may change what the app may reach (403).',
        );
      return run(request);
    });
  };
  egress('get', (request) => platform.egress.get(request), true);
  egress('check', (request) => platform.egress.check(request));
  egress('set', (request) => {
    platform.egress.set(request);
    return { results: platform.egress.check(request) };
  });
  egress('deleteDomain', (request) => platform.egress.deleteDomain(request));
  egress('deleteGroup', (request) => platform.egress.deleteGroup(request));
  route('/realtime/subscribe', Subscribe, ({ page }, { channelName, isGlobal, token }) => {
    const audience = token === undefined ? '' : platform.readRealtimeToken(token, channelName);
    if (audience === undefined) throw new Error('The realtime token is not good for this channel.');
    page.channels.add(realtimeKey(channelName, isGlobal, audience));
  });
  route('/realtime/publish', Publish, (_frame, { channelName, isGlobal, eventPayload }) => {
    live.realtime({
      channel: channelName,
      isGlobal,
      payload: JSON.stringify(eventPayload ?? null),
    });
    return { eventId: String(clock.now()), eventTimestamp: new Date(clock.now()).toISOString() };
  });
  return app;
}
