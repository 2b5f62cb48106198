import { html } from 'hono/html';
import type { BitbucketUser, RepositorySummary } from '../bitbucket/types';
import { live, type Markup } from '../shell/view/markup';
import { repositoryChanges } from './actions';
import { form, section } from './parts';

interface WorkspaceState {
  readonly repositories: readonly RepositorySummary[];
  readonly users: readonly BitbucketUser[];
  readonly isInstalled: boolean;
}

/** What administrators do in Bitbucket: to repositories, to people, and to the app. */
export function workspaceSections(state: WorkspaceState): Markup {
  return html`${repositorySection(state)}${peopleSection(state)}${appSection(state)}`;
}

function repositorySection({ repositories }: WorkspaceState): Markup {
  return section(
    'Repositories',
    live(
      'control-repositories',
      form(
        'change-repository',
        html`<div class="fields">
          <label
            >Repository<select name="repository">
              ${repositories.map(
                ({ uuid, name, projectKey, isPrivate }) =>
                  html`<option value="${uuid}">
                    ${name} (${projectKey}, ${isPrivate ? 'private' : 'public'})
                  </option>`,
              )}
            </select></label
          ><label
            >that<select name="change">
              ${repositoryChanges.map(
                ([value, label]) => html`<option value="${value}">${label}</option>`,
              )}
            </select></label
          ><label>New name<input name="name" /></label
          ><button class="button">Change the repository</button>
        </div>`,
      ),
    ),
  );
}

function peopleSection({ users }: WorkspaceState): Markup {
  return section(
    'People',
    live(
      'control-people',
      form(
        'set-role',
        html`<div class="fields">
          <label
            >Person<select name="person">
              ${users.map(
                ({ accountId, displayName, workspaceRole }) =>
                  html`<option value="${accountId}">${displayName} (${workspaceRole})</option>`,
              )}
            </select></label
          ><label
            >becomes<select name="role">
              <option value="owner">an owner</option>
              <option value="member">a member</option>
              <option value="outsider">somebody outside</option>
            </select></label
          ><button class="button">Change the person</button>
        </div>`,
      ),
    ),
  );
}

function appSection({ isInstalled }: WorkspaceState): Markup {
  return section(
    'The app',
    live(
      'control-app',
      html`<p>${isInstalled ? 'Installed' : 'Uninstalled'}</p>
        ${form(
          isInstalled ? 'uninstall' : 'install',
          html`<button class="button">${isInstalled ? 'Uninstall' : 'Install again'}</button>`,
        )}`,
    ),
  );
}
