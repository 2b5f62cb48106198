import { requireNewProject } from '../new-project';
import { getProjectFor } from '../lookups';
import type { Operation } from '../operation';
import type { Server } from '../server';
import { readVisibility } from './projects';

/** Operations that change or delete projects. */
export function createProjectAdministration(server: Server): readonly Operation[] {
  const { state } = server;
  return [
    {
      path: 'projects/delete',
      method: 'POST',
      access: 'user',
      answer(call) {
        const { key } = getProjectFor(server, call, call.parameters.get('project'), 'admin');
        state.projects.remove(key);
      },
    },
    {
      path: 'projects/update_key',
      method: 'POST',
      access: 'user',
      answer(call) {
        const { key } = getProjectFor(server, call, call.parameters.get('from'), 'admin');
        const to = call.parameters.get('to');
        if (to === key) return;
        requireNewProject(server, to);
        state.projects.rename(key, to);
      },
    },
    {
      path: 'projects/update_visibility',
      method: 'POST',
      access: 'user',
      answer(call) {
        const { parameters } = call;
        const { key } = getProjectFor(server, call, parameters.get('project'), 'admin');
        parameters.get('visibility');
        state.projects.setVisibility(key, readVisibility(parameters));
      },
    },
  ];
}
