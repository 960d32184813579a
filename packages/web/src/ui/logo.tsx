/** The line that is known, the dots that are expected, and the sign at their end. */
export function LogoMark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="var(--mantine-color-ai-8)" />
      <path
        d="M6 22c4 0 5-8 9-8 2.6 0 3.4 3 5.5 3"
        fill="none"
        stroke="#fff"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
      <path
        d="M20.5 17c2 0 3-3.5 5-7"
        fill="none"
        stroke="var(--mantine-color-ai-2)"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeDasharray=".1 4.3"
      />
      <circle cx="26" cy="8.5" r="2.7" fill="var(--mantine-color-shu-5)" />
    </svg>
  );
}

/** Mark and name. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <span className="kz-logo">
      <LogoMark size={size} />
      <span className="kz-logo-name">Kizashi</span>
      <span className="kz-logo-kanji" lang="ja">
        兆し
      </span>
    </span>
  );
}
