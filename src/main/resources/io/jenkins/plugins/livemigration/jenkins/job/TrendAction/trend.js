/* Draws a job's trend from data alone: no text of it becomes markup. */
(function () {
  "use strict";

  // Okabe and Ito's palette, which colour-blind readers can tell apart; symbols and words say it as well.
  const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];
  const SYMBOLS = ["circle", "triangle", "rect", "diamond", "roundRect", "pin"];
  const BANDS = ["#009e73", "#56b4e9", "#f0e442", "#cc79a7"];
  const GLYPHS = { UNSTABLE: "!", FAIL: "✕", INCONCLUSIVE: "?", INFRASTRUCTURE: "⚡" };
  const OBSERVED = "#d55e00";
  const MOST_LABELS = 8;
  /* A category's band that is thinner has no room for its name: in parts of the chart's height. */
  const THINNEST_NAMED = 0.06;
  const MOST_ROWS = 400;

  function start() {
    const root = document.getElementById("lmb-trend");
    if (!root) {
      return;
    }
    const words = root.dataset;
    const choice = document.getElementById("lmb-metric");
    const all = document.getElementById("lmb-all");
    const said = document.getElementById("lmb-said");
    const place = document.getElementById("lmb-chart");
    const table = document.getElementById("lmb-table");
    const memory = "live-migration-trend:" + words.reader + ":" + words.job;
    let chart = null;
    let data = null;
    let levels = [];
    let at = -1;

    function get(path, query) {
      return fetch(path + "?" + query).then((response) =>
        response.ok ? response.json() : Promise.reject(new Error(String(response.status))),
      );
    }

    function load(metric) {
      const query = new URLSearchParams();
      if (metric) {
        query.set("metric", metric);
      }
      if (all.checked) {
        query.set("all", "true");
      }
      get(words.url, query)
        .then((answer) => {
          data = answer;
          levels = [];
          at = -1;
          show();
          return data.metric === "" ? { series: [] } : get(words.changes, new URLSearchParams({ metric: data.metric }));
        })
        .then((answer) => {
          levels = answer.series;
          if (levels.length > 0) {
            draw();
          }
        })
        .catch(() => {
          said.textContent = words.unreachable;
        });
    }

    function show() {
      choice.replaceChildren(
        ...data.metrics.map((metric) => new Option(metric.name, metric.id, false, metric.id === data.metric)),
      );
      said.textContent = data.builds === 0 ? words.empty : data.builds === 1 ? words.one : "";
      fill();
      draw();
    }

    function number(value) {
      return value === null ? "" : String(Number(value.toPrecision(4)));
    }

    function label(series) {
      return series.name + " / " + series.scenario;
    }

    function verdict(run) {
      const glyph = GLYPHS[run.status] ? GLYPHS[run.status] + " " : "";
      return glyph + run.status + (run.was ? " (" + words.was + " " + run.was + ")" : "");
    }

    function cell(kind, text, css) {
      const made = document.createElement(kind);
      made.textContent = text;
      if (css) {
        made.className = css;
      }
      return made;
    }

    function address(build) {
      return words.builds + build + "/live-migration/";
    }

    function fill() {
      const head = document.createElement("thead");
      const titles = document.createElement("tr");
      const unit = data.unit ? " (" + data.unit + ")" : "";
      [
        words.build,
        words.benchmark,
        words.verdict,
        words.median + unit,
        words.interval,
        words.worst,
        words.samples,
        words.category,
        words.changed,
      ].forEach((title) => titles.append(cell("th", title)));
      head.append(titles);
      const points = new Map();
      data.series.forEach((series) =>
        series.points.forEach((point) => {
          const key = point[0] + "\t" + series.name;
          points.set(key, (points.get(key) || []).concat([{ text: label(series), point }]));
        }),
      );
      const rows = [];
      data.runs.forEach((run) => {
        const its = points.get(run.build + "\t" + run.name) || [{ text: run.name, point: null }];
        its.forEach((one) => rows.push({ run, text: one.text, point: one.point }));
      });
      rows.sort((a, b) => b.run.build - a.run.build);
      const body = document.createElement("tbody");
      rows.slice(0, MOST_ROWS).forEach((entry) => body.append(row(entry)));
      table.replaceChildren(head, body);
    }

    function row({ run, text, point }) {
      const made = document.createElement("tr");
      const link = document.createElement("a");
      link.href = address(run.build);
      link.textContent = "#" + run.build;
      const build = document.createElement("td");
      build.append(link);
      const interval = point === null || point[3] === null ? "" : number(point[3]) + " – " + number(point[4]);
      made.append(
        build,
        cell("td", text),
        cell("td", verdict(run)),
        cell("td", point === null ? words.failed : number(point[1]), "lmb-number"),
        cell("td", interval, "lmb-number"),
        cell("td", point === null ? "" : number(point[2]), "lmb-number"),
        cell("td", point === null ? "" : String(point[5]), "lmb-number"),
        cell("td", point === null ? "" : point[6]),
        cell("td", run.changes ? run.changes.join("; ") : ""),
      );
      return made;
    }

    function builds() {
      return [...new Set(data.runs.map((run) => run.build))].sort((a, b) => a - b);
    }

    function highest() {
      let most = 0;
      data.series.forEach((series) =>
        series.points.forEach((point) => {
          most = Math.max(most, point[1], point[4] === null ? 0 : point[4]);
        }),
      );
      return most === 0 ? 1 : most * 1.15;
    }

    /** The distance of the axis' marks: a round number, of which some five reach the highest value. */
    function step(highest) {
      const size = 10 ** Math.floor(Math.log10(highest / 5));
      return size * [1, 2, 2.5, 5, 10].find((part) => part * size * 5 >= highest);
    }

    /** On a dark page the first colour would be too dark, and its lighter sister is not. */
    function colours() {
      const theme = document.documentElement.dataset.theme;
      const dark =
        theme === "dark" || (theme === "dark-system" && window.matchMedia("(prefers-color-scheme: dark)").matches);
      return dark ? [COLOURS[5], ...COLOURS.slice(1, 5), COLOURS[0]] : COLOURS;
    }

    /** Everything that belongs to no series: categories, changes of the hosts and of the level, builds without figures. */
    function surroundings(numbers, top, faint, ink) {
      let from = 0;
      const areas = data.bands.map((band) => {
        const to = band.below === undefined ? Number.MAX_VALUE : band.below;
        const step = data.bands.length < 2 ? 0 : Math.round((band.rank * (BANDS.length - 1)) / (data.bands.length - 1));
        const area = [
          {
            yAxis: from,
            name: band.name,
            itemStyle: { color: BANDS[step], opacity: 0.13 },
            label: { show: Math.min(to, top) - from > top * THINNEST_NAMED, position: "insideLeft", color: ink },
          },
          { yAxis: Math.min(to, top) },
        ];
        from = to;
        return area;
      });
      const changed = data.runs.filter((run) => run.changes);
      const lines = changed.map((run) => ({
        xAxis: String(run.build),
        lineStyle: { color: faint, type: "dashed" },
        label: {
          show: changed.length <= MOST_LABELS,
          position: "insideStartBottom",
          color: ink,
          formatter: short(run.changes[0]) + (run.changes.length > 1 ? " +" + (run.changes.length - 1) : ""),
        },
      }));
      levels.forEach((series) =>
        series.builds
          .filter((build) => numbers.includes(build))
          .forEach((build) =>
            lines.push({
              xAxis: String(build),
              lineStyle: { color: OBSERVED, type: "solid", width: 2 },
              label: { show: true, position: "insideStartTop", color: OBSERVED, formatter: words.near + " #" + build },
            }),
          ),
      );
      const measured = new Set();
      data.series.forEach((series) => series.points.forEach((point) => measured.add(point[0] + "\t" + series.name)));
      const gaps = new Set(
        data.runs.filter((run) => !measured.has(run.build + "\t" + run.name)).map((run) => String(run.build)),
      );
      return {
        name: words.failed,
        type: "scatter",
        symbolSize: 1,
        silent: true,
        itemStyle: { opacity: 0 },
        label: { show: true, position: "top", formatter: "✕", color: OBSERVED, fontWeight: "bold", fontSize: 14 },
        tooltip: { show: false },
        data: numbers.map(String).filter((build) => gaps.has(build)).map((build) => [build, 0]),
        markArea: { silent: true, data: areas.filter((area) => area[0].yAxis < top) },
        markLine: { symbol: "none", silent: true, animation: false, data: lines },
      };
    }

    function short(text) {
      return text.length > 44 ? text.slice(0, 43) + "…" : text;
    }

    function draw() {
      if (chart) {
        chart.dispose();
        chart = null;
      }
      if (!data || data.builds === 0 || typeof echarts === "undefined") {
        return;
      }
      const numbers = builds();
      const style = getComputedStyle(document.body);
      const ink = style.color;
      const faint = style.getPropertyValue("--text-color-secondary").trim() || ink;
      const distance = step(highest());
      const top = distance * Math.ceil(highest() / distance - 1e-9);
      const palette = colours();
      // Their dashed line would cross a sign out.
      const moved = new Set(data.runs.filter((run) => run.changes).map((run) => run.build));
      const status = new Map(data.runs.map((run) => [run.build + "\t" + run.name, run.status]));
      const series = [surroundings(numbers, top, faint, ink)];
      data.series.forEach((one, index) => {
        const byBuild = new Map(one.points.map((point) => [point[0], point]));
        const colour = palette[index % palette.length];
        series.push({
          name: label(one),
          type: "line",
          symbol: SYMBOLS[index % SYMBOLS.length],
          symbolSize: 8,
          showAllSymbol: numbers.length <= 200,
          connectNulls: false,
          z: 4,
          itemStyle: { color: colour },
          lineStyle: { color: colour, width: 2 },
          data: numbers.map((build) => {
            if (!byBuild.has(build)) {
              return null;
            }
            const glyph = GLYPHS[status.get(build + "\t" + one.name)];
            return {
              value: byBuild.get(build)[1],
              label: { show: glyph !== undefined, formatter: glyph, position: "top", color: ink, fontWeight: "bold", fontSize: 15, offset: [moved.has(build) ? 9 : 0, 0] },
            };
          }),
        });
        const bound = (which) => numbers.map((build) => (byBuild.has(build) ? byBuild.get(build)[which] : null));
        const band = {
          type: "line",
          stack: "interval-" + index,
          symbol: "none",
          silent: true,
          lineStyle: { opacity: 0 },
          connectNulls: false,
          tooltip: { show: false },
        };
        const lower = bound(3);
        const upper = bound(4);
        series.push(Object.assign({}, band, { data: lower }));
        series.push(
          Object.assign({}, band, {
            areaStyle: { color: colour, opacity: 0.18 },
            data: upper.map((value, i) => (value === null || lower[i] === null ? null : value - lower[i])),
          }),
        );
      });
      chart = echarts.init(place, null, { renderer: "svg" });
      chart.setOption({
        animation: false,
        textStyle: { color: ink },
        legend: { type: "scroll", top: 0, right: 0, left: 180, data: data.series.map(label), textStyle: { color: ink } },
        tooltip: { trigger: "axis", renderMode: "richText", formatter: (items) => tip(items) },
        grid: { left: 70, right: 30, top: 50, bottom: 90 },
        xAxis: { type: "category", name: words.build, data: numbers.map(String), axisLine: { lineStyle: { color: faint } }, axisLabel: { color: ink } },
        yAxis: {
          axisLabel: { color: ink, formatter: (value) => String(Number(value.toPrecision(6))) },
          interval: distance,
          type: "value",
          name: data.name + (data.unit ? " (" + data.unit + ")" : ""),
          nameTextStyle: { align: "left" },
          min: 0,
          max: top,
          splitLine: { lineStyle: { color: faint, opacity: 0.3 } },
        },
        dataZoom: [{ type: "inside" }, { type: "slider", bottom: 15 }],
        series,
      });
      chart.on("click", (event) => {
        if (event.componentType === "series") {
          window.location.href = address(event.name);
        }
      });
    }

    function lines(build) {
      const text = ["#" + build];
      data.series.forEach((one) => {
        const point = one.points.find((candidate) => candidate[0] === build);
        if (point) {
          const interval = point[3] === null ? "" : " [" + number(point[3]) + ", " + number(point[4]) + "]";
          text.push(label(one) + ": " + words.median + " " + number(point[1]) + interval + " " + data.unit);
        }
      });
      data.runs
        .filter((run) => run.build === build)
        .forEach((run) => {
          text.push(run.name + ": " + verdict(run));
          if (run.changes) {
            text.push(words.changed + ": " + run.changes.join("; "));
          }
        });
      return text;
    }

    function tip(items) {
      return items.length === 0 ? "" : lines(Number(items[0].axisValue)).join("\n");
    }

    /** With the keyboard: from build to build, into one, and nearer or farther. */
    function key(event) {
      if (!chart || !data) {
        return;
      }
      const numbers = builds();
      const steps = { ArrowLeft: -1, ArrowRight: 1, Home: -numbers.length, End: numbers.length };
      if (event.key in steps) {
        const from = at < 0 ? numbers.length : at;
        at = Math.min(numbers.length - 1, Math.max(0, from + steps[event.key]));
        chart.dispatchAction({ type: "showTip", seriesIndex: 1, dataIndex: at });
        said.textContent = lines(numbers[at]).join(". ");
      } else if (event.key === "Enter" && at >= 0) {
        window.location.href = address(numbers[at]);
      } else if (event.key === "+" || event.key === "-") {
        const zoom = chart.getOption().dataZoom[0];
        const middle = at < 0 ? 100 : (100 * at) / Math.max(1, numbers.length - 1);
        const width = Math.min(100, Math.max(2, (zoom.end - zoom.start) * (event.key === "+" ? 0.5 : 2)));
        const from = Math.min(100 - width, Math.max(0, middle - width / 2));
        chart.dispatchAction({ type: "dataZoom", start: from, end: from + width });
      } else {
        return;
      }
      event.preventDefault();
    }

    function remembered() {
      try {
        return window.localStorage.getItem(memory);
      } catch (refused) {
        return null;
      }
    }

    /** Jenkins remembers it for who is signed in; else this browser does. */
    function remember(metric) {
      if (words.choose) {
        fetch(words.choose, { method: "POST", headers: crumb.wrap({}), body: new URLSearchParams({ metric }) }).catch(
          () => undefined,
        );
        return;
      }
      try {
        window.localStorage.setItem(memory, metric);
      } catch (refused) {
        return;
      }
    }

    choice.addEventListener("change", () => {
      remember(choice.value);
      load(choice.value);
    });
    all.addEventListener("change", () => load(choice.value));
    place.addEventListener("keydown", key);
    window.addEventListener("resize", () => chart && chart.resize());
    // Another theme has other colours of text.
    new MutationObserver(draw).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    load(words.choose ? words.chosen : remembered());
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
