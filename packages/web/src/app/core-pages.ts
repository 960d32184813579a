import type { NavigationEntry, PageRoute } from './workspace.ts';

/** Pages without sign-in. Their secrets travel behind `#`, which browsers never send. */
export const publicPages: readonly PageRoute[] = [
  {
    path: '/sign-in',
    load: () => import('../pages/entrance/sign-in-page.tsx').then((page) => page.SignInPage),
  },
  {
    path: '/setup',
    load: () => import('../pages/entrance/setup-page.tsx').then((page) => page.SetupPage),
  },
  {
    path: '/register',
    load: () => import('../pages/entrance/register-page.tsx').then((page) => page.RegisterPage),
  },
  {
    path: '/reset',
    load: () => import('../pages/entrance/reset-page.tsx').then((page) => page.ResetPage),
  },
];

/** Pages of the core inside the frame. */
export const corePages: readonly PageRoute[] = [
  {
    path: '/account',
    load: () => import('../pages/account/profile-page.tsx').then((page) => page.ProfilePage),
  },
  {
    path: '/account/security',
    load: () => import('../pages/account/security-page.tsx').then((page) => page.SecurityPage),
  },
  {
    path: '/account/sessions',
    load: () => import('../pages/account/sessions-page.tsx').then((page) => page.SessionsPage),
  },
  {
    path: '/account/tokens',
    load: () => import('../pages/account/tokens-page.tsx').then((page) => page.TokensPage),
  },
  {
    path: '/try',
    permission: 'analyses.run',
    load: () => import('../pages/try/forecast/forecast-page.tsx').then((page) => page.ForecastPage),
  },
  {
    path: '/try/stock',
    permission: 'analyses.run',
    load: () => import('../pages/try/stock/stock-page.tsx').then((page) => page.StockPage),
  },
  {
    path: '/try/customers',
    permission: 'analyses.run',
    load: () =>
      import('../pages/try/customers/customers-page.tsx').then((page) => page.CustomersPage),
  },
  {
    path: '/try/recommend',
    permission: 'analyses.run',
    load: () =>
      import('../pages/try/recommend/recommend-page.tsx').then((page) => page.RecommendPage),
  },
  {
    path: '/try/clusters',
    permission: 'analyses.run',
    load: () => import('../pages/try/clusters/clusters-page.tsx').then((page) => page.ClustersPage),
  },
  {
    path: '/alerts',
    permission: 'alerts.read',
    load: () => import('../pages/alerts/alerts-page.tsx').then((page) => page.AlertsPage),
  },
  {
    path: '/alerts/rules',
    permission: 'alerts.read',
    load: () => import('../pages/alerts/rules-page.tsx').then((page) => page.RulesPage),
  },
  {
    path: '/alerts/rules/new',
    permission: 'alerts.write',
    load: () => import('../pages/alerts/rule-page.tsx').then((page) => page.NewRulePage),
  },
  {
    path: '/alerts/rules/$id',
    permission: 'alerts.read',
    load: () => import('../pages/alerts/rule-page.tsx').then((page) => page.RulePage),
  },
  {
    path: '/alerts/$id',
    permission: 'alerts.read',
    load: () => import('../pages/alerts/alert-page.tsx').then((page) => page.AlertPage),
  },
  {
    path: '/tasks',
    permission: 'tasks.read',
    load: () => import('../pages/tasks/tasks-page.tsx').then((page) => page.TasksPage),
  },
  {
    path: '/administration/users',
    permission: 'users.manage',
    load: () => import('../pages/administration/users-page.tsx').then((page) => page.UsersPage),
  },
  {
    path: '/administration/invitations',
    permission: 'users.manage',
    load: () =>
      import('../pages/administration/invitations-page.tsx').then((page) => page.InvitationsPage),
  },
  {
    path: '/administration/organisation',
    permission: 'settings.manage',
    load: () =>
      import('../pages/administration/organisation-page.tsx').then((page) => page.OrganisationPage),
  },
  {
    path: '/administration/channels',
    permission: 'channels.manage',
    load: () =>
      import('../pages/administration/channels-page.tsx').then((page) => page.ChannelsPage),
  },
  {
    path: '/administration/deliveries',
    permission: 'alerts.read',
    load: () =>
      import('../pages/administration/deliveries-page.tsx').then((page) => page.DeliveriesPage),
  },
  {
    path: '/administration/audit',
    permission: 'audit.read',
    load: () => import('../pages/administration/audit-page.tsx').then((page) => page.AuditPage),
  },
  {
    path: '/about',
    load: () => import('../pages/about/about-page.tsx').then((page) => page.AboutPage),
  },
];

/** Navigation below the workspaces'. Keys are of the core's catalogue. */
export const coreNavigation: readonly {
  readonly labelKey: string;
  readonly entries: readonly NavigationEntry[];
}[] = [
  {
    labelKey: 'navigation.analyse',
    entries: [
      { path: '/try', labelKey: 'navigation.try', permission: 'analyses.run', icon: 'flask' },
    ],
  },
  {
    labelKey: 'navigation.watch',
    entries: [
      { path: '/alerts', labelKey: 'navigation.alerts', permission: 'alerts.read', icon: 'bell' },
      { path: '/tasks', labelKey: 'navigation.tasks', permission: 'tasks.read', icon: 'tasks' },
    ],
  },
  {
    labelKey: 'navigation.administration',
    entries: [
      {
        path: '/administration/users',
        labelKey: 'navigation.users',
        permission: 'users.manage',
        icon: 'users',
      },
      {
        path: '/administration/channels',
        labelKey: 'navigation.channels',
        permission: 'channels.manage',
        icon: 'channel',
      },
      {
        path: '/administration/organisation',
        labelKey: 'navigation.organisation',
        permission: 'settings.manage',
        icon: 'organisation',
      },
      {
        path: '/administration/audit',
        labelKey: 'navigation.audit',
        permission: 'audit.read',
        icon: 'audit',
      },
    ],
  },
];
