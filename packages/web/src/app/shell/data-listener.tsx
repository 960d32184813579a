import { workspaces } from '../../workspaces/index.ts';
import { useLive, useServices } from '../services.tsx';
import { useCan } from '../session.ts';
import type { DataTopic } from '../workspace.ts';

/** Hears about changed data of every workspace the person may see, on whatever page they are. */
export function DataListener() {
  const can = useCan();
  return workspaces.flatMap(({ name, dataTopics }) =>
    dataTopics
      .filter((topic) => can(topic.permission))
      .map((topic) => <TopicListener key={topic.topic} namespace={name} topic={topic} />),
  );
}

function TopicListener({ namespace, topic }: { namespace: string; topic: DataTopic }) {
  const { refresh } = useServices();
  useLive(
    topic.topic,
    topic.schema,
    (message, at) => {
      const { labelKey, values } = topic.describe(message);
      refresh.changed({ at, labelKey: `${namespace}:${labelKey}`, values });
    },
    () => refresh.changed({ at: Date.now(), labelKey: 'core:updates.missed', values: {} }),
  );
  return null;
}
