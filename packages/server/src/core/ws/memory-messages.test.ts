import { silentLog } from '../../testing/databases.ts';
import { createFakeTime } from '../../testing/fake-time.ts';
import { createMemoryMessages } from './memory-messages.ts';
import { describeMessages } from './messages.conformance.ts';

describeMessages('live messages in memory', async () => {
  const { clock } = createFakeTime();
  const keep = 20;
  const create = () => createMemoryMessages({ clock, log: silentLog, keep });
  const messages = create();
  return { messages, keep, restart: async () => create(), close: () => messages.stop() };
});
