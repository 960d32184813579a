/** The picture behind the entrance: what is known, what is expected and how sure it is. Decoration only. */
export function Horizon() {
  return (
    <svg
      className="kz-horizon"
      viewBox="0 0 1200 260"
      preserveAspectRatio="xMidYMax slice"
      aria-hidden="true"
      focusable="false"
    >
      <path
        className="kz-horizon-band"
        d="M700 128 C780 116 850 84 930 62 S1090 22 1200 2 L1200 186 C1090 166 1010 160 930 150 S780 140 700 128Z"
      />
      <path
        className="kz-horizon-line"
        d="M0 214 C60 208 96 176 150 182 S240 222 300 202 S392 140 450 152 S545 186 600 160 S672 132 700 128"
      />
      <path
        className="kz-horizon-expected"
        d="M700 128 C780 116 850 112 930 104 S1090 90 1200 76"
      />
      <circle className="kz-horizon-sign" cx="930" cy="104" r="7" />
    </svg>
  );
}
