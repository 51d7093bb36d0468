/** What is loaded when the first page is opened. */

export { dashboardIn } from './dashboard.ts';
export { timelineIn } from './timeline.ts';
