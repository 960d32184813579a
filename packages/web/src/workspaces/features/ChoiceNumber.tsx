import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

/** Long enough to type the next digit. */
const SETTLED_MS = 400;

/** A whole number that stands in the address: told when somebody has stopped typing, so that not every digit is a step back. */
export function ChoiceNumber({
  value,
  onChoose,
  min,
  max,
  ...rest
}: {
  readonly value: number | undefined;
  /** Undefined when the field is empty. */
  readonly onChoose: (value: number | undefined) => void;
  readonly min: number;
  readonly max: number;
} & Pick<NumberInputProps, 'label' | 'aria-label' | 'placeholder' | 'size' | 'w'>) {
  const [typed, setTyped] = useState<number | string>(value ?? '');
  const choose = useDebouncedCallback((next: number | string) => {
    if (next === '') onChoose(undefined);
    else if (typeof next === 'number' && next >= min && next <= max) onChoose(next);
  }, SETTLED_MS);
  return (
    <NumberInput
      {...rest}
      value={typed}
      onChange={(next) => {
        setTyped(next);
        choose(next);
      }}
      min={min}
      max={max}
      allowDecimal={false}
    />
  );
}
