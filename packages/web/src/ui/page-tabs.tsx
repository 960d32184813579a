import { Link } from '@tanstack/react-router';

/** Sub-pages of one page. Each has its own address, so these are links and not tabs to a screen reader. */
export function PageTabs({
  label,
  tabs,
}: {
  label: string;
  tabs: readonly { readonly to: string; readonly label: string }[];
}) {
  return (
    <nav aria-label={label} className="kz-tabs">
      {tabs.map((tab) => (
        <Link key={tab.to} to={tab.to} activeOptions={{ exact: true, includeSearch: false }}>
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
