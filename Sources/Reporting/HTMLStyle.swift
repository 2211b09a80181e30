/// The style sheet of `report.html`: light and dark by the reader's setting, A4 on paper, one column on a phone.
enum HTMLStyle {
  static let sheet = """
    :root {
      color-scheme: light dark;
      --paper: #fcfcfb; --raised: #f3f4f4; --ink: #1d2024; --muted: #595f67; --line: #d9dcdf;
      --good: #17663a; --bad: #a3161c; --warn: #7d5200; --note: #35587f;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #16181b; --raised: #1f2226; --ink: #e7e7e4; --muted: #a4abb3; --line: #363b41;
        --good: #7fd3a0; --bad: #ff9a94; --warn: #e6b75f; --note: #9dc1ea;
      }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; }
    body {
      margin: 0; background: var(--paper); color: var(--ink);
      font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
      font-variant-numeric: tabular-nums;
    }
    header, main, footer { max-width: 68rem; margin: 0 auto; padding: 0 2rem; }
    header { padding-top: 3rem; }
    footer { padding-top: 2.5rem; padding-bottom: 3rem; color: var(--muted); font-size: .875rem; }
    p { margin: 0 0 .75rem; max-width: 46rem; }
    h1, h2, h3 { line-height: 1.2; font-weight: 600; text-wrap: balance; }
    h2 {
      margin: 3.5rem 0 1rem; padding-top: .75rem; border-top: 1px solid var(--ink);
      font-size: 1.25rem; letter-spacing: -.005em;
    }
    h3 { margin: 1.75rem 0 .5rem; font-size: 1rem; }
    code {
      font: .875em/1.5 ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace;
      overflow-wrap: anywhere;
    }
    ol.flow { margin: .25rem 0 .25rem 1.25rem; padding: 0; font-weight: 400; }
    pre.paste {
      margin: .5rem 0 0; padding: .5rem .75rem; white-space: pre-wrap; background: var(--raised); font-weight: 400;
      font: .875em/1.5 ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace;
    }
    pre.paste span { display: block; }
    .kicker { margin: 0; color: var(--muted); font-size: .875rem; }
    .muted { color: var(--muted); }
    .good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); } .note { color: var(--note); }

    .verdict { margin: 1.25rem 0 1.5rem; padding-left: 1.25rem; border-left: .375rem solid currentColor; }
    .verdict h1 { margin: 0 0 .5rem; font-size: 2.75rem; letter-spacing: -.02em; line-height: 1.05; }
    .verdict p { margin: 0; max-width: none; color: var(--ink); font-size: 1.125rem; text-wrap: pretty; }
    .verdict p + p { margin-top: .375rem; }
    .remarks { margin: 0 0 1.5rem; padding: 0; list-style: none; }
    .remarks li { padding: .5rem .875rem; border-left: 2px solid var(--warn); background: var(--raised); }
    .remarks li + li { margin-top: .375rem; }
    .proofs { margin: 0 0 1.5rem; padding: 0; list-style: none; }
    .proofs li { overflow-wrap: anywhere; }

    .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 1.5rem; margin: 2rem 0; }
    .figures div { border-top: 1px solid var(--line); padding-top: .5rem; }
    .figures dt { color: var(--muted); font-size: .875rem; }
    .figures dd { margin: .125rem 0 0; font-size: 1.5rem; line-height: 1.25; letter-spacing: -.01em; }
    .figures small { display: block; color: var(--muted); font-size: .875rem; letter-spacing: 0; line-height: 1.4; }

    .facts { display: grid; grid-template-columns: 8.5rem 1fr; gap: .25rem 1rem; margin: 0; font-size: .9375rem; }
    .facts dt { color: var(--muted); }
    .facts dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }

    table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
    caption { padding: 0 0 .5rem; text-align: left; color: var(--muted); }
    th, td { padding: .5rem 1rem .5rem 0; text-align: left; vertical-align: top; overflow-wrap: break-word; }
    th[scope=row], .detail { overflow-wrap: anywhere; }
    th:last-child, td:last-child { padding-right: 0; }
    thead th { border-bottom: 1px solid var(--ink); color: var(--muted); font-weight: 500; font-size: .875rem; white-space: nowrap; }
    tbody th { font-weight: 500; }
    tbody tr { border-bottom: 1px solid var(--line); }
    .number { text-align: right; white-space: nowrap; }
    .stage span { margin-left: .5rem; color: var(--muted); font-weight: 400; }
    .checks { table-layout: fixed; }
    .outcome { width: 6.5rem; white-space: nowrap; font-weight: 500; }
    .by { width: 11rem; }
    .mark { display: inline-block; width: 1.25rem; }
    .simulated { padding: 0 .375rem; border: 1px dashed currentColor; border-radius: .1875rem; color: var(--note); white-space: nowrap; justify-self: start; }

    a { color: inherit; text-decoration-color: var(--muted); text-underline-offset: .2em; }
    .severity { font-weight: 500; }
    .overview { margin-bottom: 1.5rem; }
    .overview th code { white-space: nowrap; }
    .finding { margin: 0; padding: 1rem 0 1.125rem; border-bottom: 1px solid var(--line); }
    .finding h3 { margin: 0 0 .25rem; font-size: 1rem; }
    .finding h3 code { font-size: .9375em; font-weight: 600; }
    .finding .severity { display: inline-block; min-width: 6rem; font-weight: 600; }
    .finding h3 .muted { margin-left: .5rem; font-weight: 400; }
    .finding p { margin: .25rem 0; }
    .places { margin-top: .5rem; }
    .places th { font-weight: 400; overflow-wrap: anywhere; }
    details { margin-top: .5rem; }
    summary { width: fit-content; color: var(--muted); font-size: .9375rem; cursor: pointer; }
    summary:hover { color: var(--ink); }
    summary:focus-visible, a:focus-visible { outline: 2px solid var(--note); outline-offset: 2px; border-radius: 2px; }
    .inside { margin: .75rem 0 0; padding: .875rem 1.125rem; background: var(--raised); }
    .inside h4 { margin: 1.125rem 0 .25rem; font-size: .875rem; font-weight: 600; color: var(--muted); }
    .inside h4:first-child { margin-top: 0; }
    .inside ol { margin: 0; padding-left: 1.5rem; }
    .inside table { max-width: 46rem; }
    .inside table.wide { max-width: none; }
    .reasons td { padding-left: 1rem; color: var(--muted); font-size: .875rem; }
    .inside td code, .inside li { overflow-wrap: anywhere; }
    .columns { columns: 24rem; column-gap: 2rem; }
    .limits { margin: 0; padding-left: 1.25rem; max-width: 46rem; }
    .limits li + li { margin-top: .375rem; }

    @media screen and (max-width: 44rem) {
      header, main, footer { padding-left: 1rem; padding-right: 1rem; }
      header { padding-top: 1.5rem; }
      .verdict h1 { font-size: 2.25rem; }
      .figures { grid-template-columns: 1fr 1fr; gap: 1rem; }
      .facts { grid-template-columns: 1fr; gap: 0; }
      .facts dd { margin-bottom: .5rem; }
      h2 { margin-top: 2.5rem; }
      .finding .severity { display: block; }
      .overview th code { white-space: normal; }
      thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      table, tbody, tr, th, td { display: block; }
      caption { display: block; }
      tbody tr { padding: .5rem 0; }
      th, td { padding: .0625rem 0; }
            td[data-label] { display: grid; grid-template-columns: 5.5rem 1fr; }
      td[data-label]::before { content: attr(data-label); color: var(--muted); font-size: .875rem; }
      td:empty, td[data-label]:empty { display: none; }
      .number { text-align: left; }
      .outcome, .by { width: auto; }
      .inside { padding: .75rem; }
    }

    @media print {
      :root {
        color-scheme: light;
        --paper: #fff; --raised: #f4f4f4; --ink: #000; --muted: #444; --line: #ccc;
        --good: #17663a; --bad: #a3161c; --warn: #7d5200; --note: #35587f;
      }
      @page { size: A4; margin: 16mm 15mm; }
      html { font-size: 9.5pt; }
      header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
      header { padding-top: 0; }
      h2 { margin-top: 22pt; break-after: avoid; }
      h3, caption, thead { break-after: avoid; }
      tr, .finding > p, li { break-inside: avoid; }
      .finding > p { break-after: avoid; }
      details::details-content { content-visibility: visible; block-size: auto; }
      .finding summary, .below details { display: none; }
      .inside, .remarks li { background: none; border-left: 2px solid var(--line); }
    }
    """
}
