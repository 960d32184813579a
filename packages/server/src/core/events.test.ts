import { expect, it } from 'vitest';
import { createEvents } from './events.ts';

const event = { workspace: 'sales' };

it('tells every listener, in the order in which they came', () => {
  const events = createEvents();
  const heard: string[] = [];
  events.on('facts.changed', () => heard.push('first'));
  events.on('facts.changed', ({ workspace }) => heard.push(workspace));
  events.emit('facts.changed', event);
  expect(heard).toEqual(['first', 'sales']);
});

it('tells nobody who has stopped listening, even while others are told', () => {
  const events = createEvents();
  const heard: string[] = [];
  const stopSecond = events.on('facts.changed', () => {
    heard.push('second');
    stopSecond();
  });
  events.emit('facts.changed', event);
  events.emit('facts.changed', event);
  expect(heard).toEqual(['second']);
});

it('tells the others when one throws, and then throws its error', () => {
  const events = createEvents();
  const heard: string[] = [];
  events.on('facts.changed', () => {
    throw new Error('broken');
  });
  events.on('facts.changed', () => heard.push('second'));
  expect(() => events.emit('facts.changed', event)).toThrow('broken');
  expect(heard).toEqual(['second']);
});
