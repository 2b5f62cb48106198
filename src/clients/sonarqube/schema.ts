import * as z from 'zod/mini';
import { looseList } from './loose-list';

/**
 * What is read of the answers of SonarQube (sonarqube.md 4). Only members that are used are named, words are open, and
 * what one edition or version leaves out is optional.
 */
export const Validation = z.object({ valid: z.boolean() });
export const CurrentUser = z.object({
  isLoggedIn: z.boolean(),
  login: z.optional(z.string()),
  name: z.optional(z.string()),
});
export const SystemStatus = z.object({ status: z.string(), version: z.string() });

export const ProjectStatus = z.object({
  projectStatus: z.object({
    status: z.string(),
    conditions: z.optional(
      z.array(
        z.object({
          status: z.string(),
          metricKey: z.string(),
          comparator: z.optional(z.string()),
          errorThreshold: z.optional(z.string()),
          actualValue: z.optional(z.string()),
        }),
      ),
    ),
    ignoredConditions: z.optional(z.boolean()),
  }),
});
export type ProjectStatus = z.infer<typeof ProjectStatus>;

export const PullRequestList = z.object({
  pullRequests: looseList(
    z.object({
      key: z.string(),
      status: z.optional(z.object({ qualityGateStatus: z.optional(z.string()) })),
      analysisDate: z.optional(z.string()),
      commit: z.optional(z.object({ sha: z.optional(z.string()) })),
    }),
  ),
});

export const ProjectList = z.object({
  components: looseList(
    z.object({
      key: z.string(),
      name: z.optional(z.string()),
      visibility: z.optional(z.string()),
    }),
  ),
});

export const ProjectSearchAnswer = z.object({
  paging: z.object({ total: z.number() }),
  components: looseList(
    z.object({
      key: z.string(),
      name: z.string(),
      visibility: z.optional(z.string()),
      analysisDate: z.optional(z.string()),
    }),
  ),
});

const Task = z.object({
  status: z.string(),
  pullRequest: z.optional(z.string()),
  submittedAt: z.optional(z.string()),
  startedAt: z.optional(z.string()),
  executedAt: z.optional(z.string()),
  finishedAt: z.optional(z.string()),
  errorMessage: z.optional(z.string()),
});
export type Task = z.infer<typeof Task>;
export const ComponentTasks = z.object({
  queue: z.optional(looseList(Task)),
  current: z.optional(Task),
});

const Period = z.object({ value: z.optional(z.string()) });
export const ComponentMeasures = z.object({
  component: z.object({
    measures: z.optional(
      looseList(
        z.object({
          metric: z.string(),
          value: z.optional(z.string()),
          period: z.optional(Period),
          periods: z.optional(z.array(Period)),
        }),
      ),
    ),
  }),
});
export type ComponentMeasures = z.infer<typeof ComponentMeasures>;

const Components = z.optional(
  looseList(z.object({ key: z.string(), path: z.optional(z.string()) })),
);
const Totals = {
  paging: z.optional(z.object({ total: z.number() })),
  /** The older form. */
  total: z.optional(z.number()),
};

const SearchedIssue = z.object({
  key: z.string(),
  component: z.optional(z.string()),
  project: z.optional(z.string()),
  rule: z.optional(z.string()),
  line: z.optional(z.number()),
  author: z.optional(z.string()),
  message: z.optional(z.string()),
  severity: z.optional(z.string()),
  type: z.optional(z.string()),
  impacts: z.optional(
    z.array(
      z.object({ softwareQuality: z.optional(z.string()), severity: z.optional(z.string()) }),
    ),
  ),
});
export type SearchedIssue = z.infer<typeof SearchedIssue>;
export const IssueSearch = z.object({
  ...Totals,
  issues: looseList(SearchedIssue),
  components: Components,
});

const SearchedHotspot = z.object({
  key: z.string(),
  component: z.optional(z.string()),
  project: z.optional(z.string()),
  ruleKey: z.optional(z.string()),
  line: z.optional(z.number()),
  author: z.optional(z.string()),
  message: z.optional(z.string()),
  vulnerabilityProbability: z.optional(z.string()),
});
export type SearchedHotspot = z.infer<typeof SearchedHotspot>;
export const HotspotSearch = z.object({
  ...Totals,
  hotspots: looseList(SearchedHotspot),
  components: Components,
});

export const WebhookList = z.object({
  webhooks: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      url: z.string(),
      hasSecret: z.optional(z.boolean()),
    }),
  ),
});

export const OrganizationSearch = z.object({
  organizations: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      actions: z.optional(z.object({ admin: z.optional(z.boolean()) })),
    }),
  ),
});
export const BoundOrganization = z.object({ almOrganization: z.object({ almUrl: z.string() }) });
export const MemberSearch = z.object({ users: z.array(z.object({ name: z.string() })) });

/** Bitbucket Cloud names the slug only; other platforms have other members (sonarqube.md 12). */
export const ProjectBindingAnswer = z.object({
  key: z.string(),
  alm: z.string(),
  repository: z.optional(z.string()),
  monorepo: z.optional(z.boolean()),
});
export const ProjectBindingList = z.object({
  projectBindings: z.array(
    z.object({ projectKey: z.string(), repository: z.optional(z.string()) }),
  ),
});

export const BranchList = z.object({
  branches: looseList(
    z.object({ isMain: z.optional(z.boolean()), analysisDate: z.optional(z.string()) }),
  ),
});

export const Component = z.object({
  component: z.object({
    key: z.string(),
    name: z.optional(z.string()),
    visibility: z.optional(z.string()),
  }),
});

export const LicenseUsage = z.object({
  projects: looseList(
    z.object({ linesOfCode: z.number(), licenseUsagePercentage: z.optional(z.number()) }),
  ),
});

export const GlobalNavigation = z.object({ edition: z.optional(z.string()) });
export const Features = z.array(z.string());
export const SettingValues = z.object({
  settings: z.array(z.object({ key: z.string(), value: z.optional(z.string()) })),
});

export const DevOpsDefinitions = z.object({
  bitbucketcloud: z.array(
    z.object({ key: z.string(), workspace: z.string(), clientId: z.string() }),
  ),
  bitbucket: z.array(z.object({ key: z.string(), url: z.string() })),
});
export const DevOpsValidation = z.object({ errors: z.array(z.object({ msg: z.string() })) });
export const BindingCount = z.object({ key: z.string(), projects: z.number() });
