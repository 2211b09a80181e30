/// The page of `report.html` in Mustache. Every value stands in double braces, so that it is escaped; the style sheet,
/// which is Sigilo's own text, is put in before the template is read.
enum HTMLTemplate {
  static let page = """
    {{% CONTENT_TYPE: \(HTMLText.contentType)}}
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="referrer" content="no-referrer">
    <title>{{verdict}}: Sigilo {{job}} {{runShort}}</title>
    <style>
    \(HTMLStyle.sheet)
    </style>
    </head>
    <body>
    <header>
    <p class="kicker">Sigilo {{job}} report</p>
    <div class="verdict {{verdictClass}}">
    <h1>{{verdict}}</h1>
    <p>{{conclusion}}</p>
    {{#isAlsoIncomplete}}
    <p>The run is also incomplete: what was not judged may hold more.</p>
    {{/isAlsoIncomplete}}
    </div>
    {{#hasRemarks}}
    <ul class="remarks">
    {{#remarks}}
    <li>{{.}}</li>
    {{/remarks}}
    </ul>
    {{/hasRemarks}}
    {{#hasLeakChecks}}
    <ul class="proofs">
    {{#leakChecks}}
    <li><span class="{{outcomeClass}}"><span class="mark" aria-hidden="true">{{mark}}</span>{{outcome}}</span> {{name}}{{#isDetailed}}: {{detail}}{{/isDetailed}}</li>
    {{/leakChecks}}
    </ul>
    {{/hasLeakChecks}}
    <dl class="figures">
    {{#figures}}
    <div><dt>{{label}}</dt><dd>{{value}} <small>{{note}}</small></dd></div>
    {{/figures}}
    </dl>
    <dl class="facts">
    {{#facts}}
    <dt>{{label}}</dt><dd>{{#isCode}}<code>{{value}}</code>{{/isCode}}{{^isCode}}{{value}}{{/isCode}}</dd>
    {{/facts}}
    </dl>
    </header>
    <main>

    <section aria-labelledby="findings">
    <h2 id="findings">Findings</h2>
    {{#findingsNote}}
    <p>{{.}}</p>
    {{/findingsNote}}
    {{#hasOverview}}
    <table class="overview">
    <thead><tr><th scope="col">Severity</th><th scope="col">Rule</th><th scope="col">What it says</th><th scope="col" class="number">Sinks</th><th scope="col" class="number">Findings</th><th scope="col" class="number">Sightings</th></tr></thead>
    <tbody>
    {{#rules}}
    <tr><td class="severity {{severityClass}}">{{severity}}</td><th scope="row"><a href="#{{anchor}}"><code>{{rule}}</code></a></th><td>{{title}}</td><td class="number" data-label="Sinks">{{sinks}}</td><td class="number" data-label="Findings">{{findingCount}}</td><td class="number" data-label="Sightings">{{sightings}}</td></tr>
    {{/rules}}
    </tbody>
    </table>
    {{/hasOverview}}
    {{#rules}}
    <article class="finding{{#isFolded}} below{{/isFolded}}" id="{{anchor}}">
    <h3><span class="severity {{severityClass}}">{{severity}}</span> <code>{{rule}}</code></h3>
    {{#title}}
    <p>{{.}}</p>
    {{/title}}
    {{#remedy}}
    <p><strong>What to do:</strong> {{.}}</p>
    {{/remedy}}
    {{#isFolded}}
    <details>
    <summary>{{sinkCount}}</summary>
    {{/isFolded}}
    <table class="places">
    <thead><tr><th scope="col">Where it was seen first</th><th scope="col" class="number">Findings</th><th scope="col" class="number">Sightings</th></tr></thead>
    <tbody>
    {{#entries}}
    <tr><th scope="row"><code>{{whereabouts}}</code>{{#message}}<br>{{.}}{{/message}}{{#hasSteps}}<ol class="flow">{{#steps}}<li>{{.}}</li>{{/steps}}</ol>{{/hasSteps}}{{#ownRemedy}}<br><strong>What to do:</strong> {{.}}{{/ownRemedy}}{{#hasPaste}}<pre class="paste">{{#paste}}<span>{{.}}</span>{{/paste}}</pre>{{/hasPaste}}</th><td class="number" data-label="Findings">{{findings}}</td><td class="number" data-label="Sightings">{{sightings}}</td></tr>
    {{/entries}}
    </tbody>
    </table>
    {{#moreSinks}}
    <p class="muted">{{.}}</p>
    {{/moreSinks}}
    {{#isFolded}}
    </details>
    {{/isFolded}}
    <details{{#isOpen}} open{{/isOpen}}>
    <summary>Why it matters, evidence, fingerprints</summary>
    <div class="inside">
    <h4>Why it matters</h4>
    <p>{{rationale}}</p>
    {{#strongest}}
    {{#hasEvidence}}
    <h4>Evidence of the strongest finding, in {{sink}}</h4>
    <table>
    <thead><tr><th scope="col">Detector</th><th scope="col">Bytes</th><th scope="col">Decoded from</th><th scope="col" class="number">Log-odds</th></tr></thead>
    <tbody>
    {{#evidence}}
    <tr><th scope="row"><code>{{detector}}</code></th><td data-label="Bytes">{{range}}</td><td data-label="Decoded from">{{decodings}}</td><td class="number" data-label="Log-odds">{{weight}}</td></tr>
    {{#reasons}}
    <tr class="reasons"><td colspan="4">{{.}}</td></tr>
    {{/reasons}}
    {{/evidence}}
    {{#score}}
    <tr><th scope="row">Sum</th><td></td><td></td><td class="number" data-label="Log-odds"><strong>{{.}}</strong></td></tr>
    {{/score}}
    </tbody>
    </table>
    {{/hasEvidence}}
    {{#shape}}
    <h4>Its shape, in place of the text</h4>
    <p><code>{{.}}</code></p>
    {{/shape}}
    {{#length}}
    <p class="muted">Length: {{.}}</p>
    {{/length}}
    {{#hasPlaces}}
    <h4>{{placesTitle}}</h4>
    <ol class="columns">
    {{#places}}
    <li><code>{{.}}</code></li>
    {{/places}}
    </ol>
    {{/hasPlaces}}
    {{/strongest}}
    <h4>Fingerprints, as exceptions of the policy name findings</h4>
    <table class="wide">
    <thead><tr><th scope="col">Fingerprint</th><th scope="col">Sink</th><th scope="col" class="number">Sightings</th></tr></thead>
    <tbody>
    {{#findings}}
    <tr><td><code>{{fingerprint}}</code></td><td data-label="Sink"><code>{{sink}}</code></td><td class="number" data-label="Sightings">{{sightings}}</td></tr>
    {{/findings}}
    </tbody>
    </table>
    {{#moreFindings}}
    <p class="muted">{{.}}</p>
    {{/moreFindings}}
    </div>
    </details>
    </article>
    {{/rules}}
    {{#hasAccepted}}
    <h3>Accepted, and so not counted</h3>
    <p>{{acceptedSummary}}.</p>
    <table>
    <thead><tr><th scope="col">Rule</th><th scope="col">Where</th><th scope="col">Why</th><th scope="col">Owner</th><th scope="col">Until</th></tr></thead>
    <tbody>
    {{#accepted}}
    <tr><th scope="row"><code>{{rule}}</code></th><td data-label="Where"><code>{{place}}</code></td><td data-label="Why">{{reason}}</td><td data-label="Owner">{{owner}}</td><td data-label="Until">{{until}}</td></tr>
    {{/accepted}}
    </tbody>
    </table>
    {{#moreAccepted}}
    <p class="muted">{{.}}</p>
    {{/moreAccepted}}
    {{/hasAccepted}}
    </section>

    {{#hasStages}}
    <section aria-labelledby="checks">
    <h2 id="checks">What this {{verdictNoun}} rests on</h2>
    {{#stages}}
    <h3 class="stage">{{name}} <span>{{summary}}</span></h3>
    {{#hasShown}}
    <table class="checks">
    <thead><tr><th scope="col" class="outcome">Outcome</th><th scope="col">Check</th><th scope="col">What was seen</th><th scope="col" class="by">Judged by</th></tr></thead>
    <tbody>
    {{#shown}}
    <tr><td class="outcome {{outcomeClass}}"><span class="mark" aria-hidden="true">{{mark}}</span>{{outcome}}</td><th scope="row">{{name}}</th><td class="detail" data-label="Seen">{{detail}}</td><td data-label="Judged by">{{#isSimulated}}<span class="simulated">simulated</span>{{/isSimulated}}{{^isSimulated}}{{subject}}{{/isSimulated}}</td></tr>
    {{/shown}}
    </tbody>
    </table>
    {{/hasShown}}
    {{#hasFolded}}
    <details>
    <summary>{{foldedSummary}}</summary>
    <table class="checks">
    <thead><tr><th scope="col" class="outcome">Outcome</th><th scope="col">Check</th><th scope="col">What was seen</th><th scope="col" class="by">Judged by</th></tr></thead>
    <tbody>
    {{#folded}}
    <tr><td class="outcome {{outcomeClass}}"><span class="mark" aria-hidden="true">{{mark}}</span>{{outcome}}</td><th scope="row">{{name}}</th><td class="detail" data-label="Seen">{{detail}}</td><td data-label="Judged by">{{#isSimulated}}<span class="simulated">simulated</span>{{/isSimulated}}{{^isSimulated}}{{subject}}{{/isSimulated}}</td></tr>
    {{/folded}}
    </tbody>
    </table>
    </details>
    {{/hasFolded}}
    {{/stages}}
    </section>
    {{/hasStages}}

    {{#hasLimits}}
    <section aria-labelledby="limits">
    <h2 id="limits">What it does not show</h2>
    <ul class="limits">
    {{#limits}}
    <li>{{.}}</li>
    {{/limits}}
    </ul>
    </section>
    {{/hasLimits}}

    <section aria-labelledby="coverage">
    <h2 id="coverage">Coverage</h2>
    <p>{{coverageSummary}}.</p>
    {{#hasCoverage}}
    <table>
    <thead><tr><th scope="col">Sink</th><th scope="col">Surface</th><th scope="col">Outcome</th><th scope="col">Format</th><th scope="col">Subject</th><th scope="col">Contract</th><th scope="col" class="number">Records</th><th scope="col" class="number">Size</th></tr></thead>
    <tbody>
    {{#coverage}}
    <tr><th scope="row"><code>{{sink}}</code>{{#notes}}<br><span class="muted">{{.}}</span>{{/notes}}</th><td data-label="Surface">{{surface}}</td><td class="{{outcomeClass}}" data-label="Outcome">{{outcome}}</td><td data-label="Format">{{format}}</td><td data-label="Subject">{{#isSimulated}}<span class="simulated">simulated</span>{{/isSimulated}}{{^isSimulated}}{{subject}}{{/isSimulated}}</td><td data-label="Contract">{{contract}}</td><td class="number" data-label="Records">{{records}}</td><td class="number" data-label="Size">{{size}}</td></tr>
    {{/coverage}}
    </tbody>
    </table>
    {{/hasCoverage}}
    </section>

    {{#hasBundle}}
    <section aria-labelledby="bundle">
    <h2 id="bundle">Configuration bundle</h2>
    {{#noBundle}}
    <p>None was sealed: {{.}}.</p>
    {{/noBundle}}
    {{#bundle}}
    <dl class="facts">
    <dt>State</dt><dd>{{summary}}</dd>
    <dt>Folder</dt><dd><code>{{path}}</code></dd>
    <dt>Public key</dt><dd><code>{{publicKey}}</code></dd>
    </dl>
    <details>
    <summary>{{count}}</summary>
    <table>
    <thead><tr><th scope="col">Path</th><th scope="col">Role</th><th scope="col" class="number">Size</th><th scope="col">SHA-256</th></tr></thead>
    <tbody>
    {{#files}}
    <tr><th scope="row"><code>{{path}}</code></th><td data-label="Role">{{role}}</td><td class="number" data-label="Size">{{size}}</td><td data-label="SHA-256"><code>{{sha256}}</code></td></tr>
    {{/files}}
    </tbody>
    </table>
    </details>
    {{/bundle}}
    {{#hasSubstitutions}}
    <h3>Replaced for the live stage only</h3>
    <p>Real programs ran with these changes; the bundle's own files are without them.</p>
    <table>
    <thead><tr><th scope="col">File</th><th scope="col">Change</th></tr></thead>
    <tbody>
    {{#substitutions}}
    <tr><th scope="row"><code>{{path}}</code></th><td>{{what}}</td></tr>
    {{/substitutions}}
    </tbody>
    </table>
    {{/hasSubstitutions}}
    </section>
    {{/hasBundle}}
    </main>
    <footer>
    <p>{{#severities}}<strong>{{name}}</strong>: {{meaning}} {{/severities}}</p>
    <p>Findings hold shapes and places, never the text. Sigilo {{version}}.</p>
    </footer>
    </body>
    </html>

    """
}
