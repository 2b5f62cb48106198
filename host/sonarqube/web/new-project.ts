import { SonarQubeLimits } from '../limits';
import type { Project } from '../state/projects';
import { ApiError } from './api-error';
import type { Rights } from './rights';
import type { Server } from './server';

const KEY_RULE = /^(?=.*[^\d])[\w.:-]+$/u;

/** @throws ApiError 400 for a key that no project can have or that one has. */
export function requireNewProject({ state }: Pick<Server, 'state'>, key: string): void {
  if (!KEY_RULE.test(key) || key.length > SonarQubeLimits.projectKeyLength) {
    throw new ApiError(
      400,
      `Malformed key for Project: '${key}'. Allowed characters are alphanumeric, '-', '_', '.' and ':', with at least one non-digit.`,
    );
  }
  if (state.projects.find(key)) {
    throw new ApiError(
      400,
      `Could not create Project with key: "${key}". A similar key already exists: "${key}"`,
    );
  }
}

/** Makes a project; whoever makes it may do everything with it. @throws ApiError 400 for its key */
export function createProject(
  server: Pick<Server, 'state'>,
  rights: Rights,
  project: Omit<Project, 'id' | 'analysedAt'>,
): void {
  const { state } = server;
  requireNewProject(server, project.key);
  state.projects.add(project);
  const user = state.users.find(rights.login);
  if (!user) return;
  const everything = [
    ...(['admin', 'codeviewer', 'issueadmin', 'securityhotspotadmin', 'scan', 'user'] as const),
  ];
  state.users.save({ ...user, projects: { ...user.projects, [project.key]: everything } });
}
