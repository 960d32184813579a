import { SimpleGrid, Text } from '@mantine/core';
import { Section } from '../../ui/section.tsx';

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** The main figures of a result. */
export function Facts({
  title,
  facts,
}: {
  readonly title: string;
  readonly facts: readonly Fact[];
}) {
  return (
    <Section title={title}>
      <SimpleGrid component="dl" cols={{ base: 2, sm: 3, md: 4 }} spacing="md" m={0}>
        {facts.map(({ label, value }) => (
          <div key={label}>
            <Text component="dt" size="sm" c="dimmed">
              {label}
            </Text>
            <Text component="dd" size="lg" fw={600} m={0}>
              {value}
            </Text>
          </div>
        ))}
      </SimpleGrid>
    </Section>
  );
}
