// What loads when the first answer is there: everything here is optional for the verdict itself.
export { Analysis } from './details/analysis';
export { Announcer } from './details/announcer';
export { DashboardLink } from './details/dashboard-link';
export { Details } from './details/details';
export { Doctor } from './details/doctor';
export { FailureNotice } from './details/failure-notice';
export { Toolbar } from './details/toolbar';
