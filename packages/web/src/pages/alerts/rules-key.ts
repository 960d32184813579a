import { alertsKey } from '../../app/alerts.ts';

/** Below the alerts' key: when an alert fires, its rule changed too. */
export const rulesKey = [...alertsKey, 'rules'];
