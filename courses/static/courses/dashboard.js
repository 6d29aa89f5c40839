// Draws a dashboard's charts from the figures that stand in the page, in the theme's colors, and folds their tables.
// Without it, or without Plotly, the tables stand open.

const SERIES = ["--series-1", "--series-2", "--series-3", "--series-4", "--series-5", "--series-6"];
const LONGEST_NAME = 34;
// Of a phone: a place with its day still fits.
const LONGEST_ON_NARROW = 30;
const NARROW = 500;
const quiet = { displayModeBar: false, displaylogo: false, doubleClick: false, showTips: false };

// A color of the theme as the browser computes it now: Plotly knows no variables and no light-dark().
function color(variable) {
  const probe = document.createElement("i");
  probe.hidden = true;
  probe.style.color = `var(${variable})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

// What people named is text: Plotly takes marks in it for its own.
const plain = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

function shortened(name, longest = LONGEST_NAME) {
  return plain(name.length > longest ? `${name.slice(0, longest - 1).trimEnd()}…` : name);
}

function traces(figure) {
  const places = figure.names.map((_, place) => place);
  let drawn = 0;
  return figure.series.map((series) => {
    const shade = series.faint ? color("--faint") : color(SERIES[drawn++ % SERIES.length]);
    const said = {
      name: plain(series.name),
      customdata: series.words.map((words, place) => [plain(figure.names[place]), words]),
      hovertemplate: "%{customdata[0]}: %{customdata[1]}<extra>%{fullData.name}</extra>",
    };
    if (figure.kind === "ranking") {
      return { ...said, type: "bar", orientation: "h", x: series.figures, y: places, marker: { color: shade, opacity: series.faint ? 0.45 : 1 } };
    }
    const upright = { ...said, x: places, y: series.figures };
    if (figure.kind === "lines" || series.faint) {
      const line = { color: shade, width: series.faint ? 1.5 : 2.5, dash: series.faint ? "dot" : "solid" };
      const alone = figure.names.length === 1 ? "markers" : "lines";
      return { ...upright, type: "scatter", mode: alone, line, marker: { color: shade } };
    }
    return { ...upright, type: "bar", marker: { color: shade } };
  });
}

// As many names as fit below the axis, the first among them.
function ticks(names, width) {
  const every = Math.ceil(names.length / Math.max(2, Math.floor(width / 76)));
  const tickvals = names.map((_, place) => place).filter((place) => place % every === 0);
  return { tickmode: "array", tickvals, ticktext: tickvals.map((place) => shortened(names[place], 16)) };
}

function measures(figure) {
  const unit = figure.series[0]?.unit ?? "";
  const most = Math.max(...figure.series.flatMap((series) => series.figures.map((value) => Math.abs(value ?? 0))));
  return {
    gridcolor: color("--line"), zerolinecolor: color("--faint"), rangemode: "tozero", automargin: true, fixedrange: true,
    tickformat: unit === "" && most < 5 ? ",d" : ",", ...(unit === "" && most < 5 ? { dtick: 1 } : {}),
    ...(["%", "s", "ms"].includes(unit) ? { ticksuffix: ` ${unit}` } : {}),
  };
}

function layout(figure, width) {
  const ranking = figure.kind === "ranking";
  const several = figure.series.length > 1;
  const names = { automargin: true, fixedrange: true, showgrid: false, zeroline: false, linecolor: color("--line") };
  const rows = figure.names.length;
  const narrow = width < NARROW;
  const longest = narrow ? LONGEST_ON_NARROW : LONGEST_NAME;
  const axes = ranking
    ? { xaxis: measures(figure), yaxis: { ...names, autorange: "reversed", tickmode: "array", tickvals: figure.names.map((_, place) => place), ticktext: figure.names.map((name) => shortened(name, longest)), ticks: "outside", ticklen: 6, tickcolor: "rgba(0,0,0,0)" } }
    : { xaxis: { ...names, ...ticks(figure.names, width), range: [-0.6, rows - 0.4] }, yaxis: measures(figure) };
  return {
    ...axes,
    width, height: ranking ? 56 + (several ? 32 : 0) + rows * (several && !figure.stacked ? 36 : 26) : 300,
    margin: { l: 8, r: 12, t: several ? 34 : 8, b: 36 },
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: "system-ui, sans-serif", size: narrow ? 12 : 13, color: color("--ink") },
    hoverlabel: { bgcolor: color("--raised"), bordercolor: color("--line"), font: { color: color("--ink"), family: "system-ui, sans-serif", size: 13 }, align: "left" },
    showlegend: several,
    legend: { orientation: "h", x: 0, xanchor: "left", y: 1, yanchor: "bottom", itemclick: false, itemdoubleclick: false },
    barmode: figure.stacked ? "relative" : "group", bargap: figure.kind === "histogram" ? 0.04 : 0.3,
    dragmode: false, hovermode: "closest", transition: { duration: 0 }, separators: ".,",
  };
}

function draw(place) {
  const figure = JSON.parse(document.getElementById(place.dataset.figure).textContent);
  place.hidden = false;
  const width = Math.floor(place.getBoundingClientRect().width);
  Plotly.react(place, traces(figure), layout(figure, width), quiet);
  if (figure.links.length && !place.classList.contains("leads")) {
    place.classList.add("leads");
    place.on("plotly_click", (event) => {
      const link = figure.links[event.points[0].pointNumber];
      if (link) location.assign(link);
    });
  }
}

function begin() {
  if (!window.Plotly) return;
  const places = [...document.querySelectorAll(".drawn[data-figure]")];
  const all = () => places.forEach(draw);
  for (const fold of document.querySelectorAll("details.chart-table")) fold.open = false;
  all();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", all);
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth !== width) requestAnimationFrame(all);
    width = innerWidth;
  });
}

begin();
