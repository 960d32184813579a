import { NumberInput } from '@mantine/core';

const MEGABYTE = 1e6;

/** Bytes, as people write them: in megabytes. */
export function Megabytes({
  label,
  description,
  bytes,
  least = 0,
  hidesLabel = false,
  onChange,
}: {
  readonly label: string;
  readonly description?: string;
  readonly bytes: number;
  /** In megabytes. */
  readonly least?: number;
  readonly hidesLabel?: boolean;
  readonly onChange: (bytes: number) => void;
}) {
  return (
    <NumberInput
      {...(hidesLabel ? { 'aria-label': label } : { label })}
      {...(description !== undefined && { description })}
      value={bytes / MEGABYTE}
      min={least}
      decimalScale={3}
      suffix=" MB"
      onChange={(value) => onChange(Math.round((Number(value) || 0) * MEGABYTE))}
    />
  );
}
