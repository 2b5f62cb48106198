import { requireNewProject } from '../new-project';
import { MAIN_BRANCH } from '../../gate/main-branch';
import { getProjectFor, requireGlobal } from '../lookups';
import type { Operation } from '../operation';
import type { Server } from '../server';
import { readVisibility } from './projects';

/** What the licence of the stand-in covers. */
const LICENSED_LINES = 100_000;

/** Operations that change or delete projects. */
export function createProjectAdministration(server: Server): readonly Operation[] {
  const { state } = server;

  /** Of the main branch, as its last analysis counted them. */
  function countLines(projectKey: string): number {
    return state.pullRequests.find(projectKey, MAIN_BRANCH)?.analysis?.newLines ?? 0;
  }

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
      path: 'projects/license_usage',
      method: 'GET',
      access: 'user',
      only: 'commercial',
      answer(call) {
        requireGlobal(call, 'admin');
        const lines = state.projects
          .list()
          .map((project) => ({ project, lines: countLines(project.key) }));
        return {
          projects: lines
            .toSorted((one, other) => other.lines - one.lines)
            .map(({ project, lines: linesOfCode }) => ({
              projectKey: project.key,
              projectName: project.name,
              linesOfCode,
              licenseUsagePercentage: (100 * linesOfCode) / LICENSED_LINES,
            })),
        };
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
