/* Draws a job's trend from data alone: no text of it becomes markup. */
(function () {
  "use strict";

  // Okabe and Ito's palette, which colour-blind readers can tell apart; the symbol says it as well.
  const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];
  const SYMBOLS = ["circle", "triangle", "rect", "diamond", "roundRect", "pin"];

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
    const memory = "live-migration-trend:" + words.job;
    let chart = null;

    function load(metric) {
      const query = new URLSearchParams();
      if (metric) {
        query.set("metric", metric);
      }
      if (all.checked) {
        query.set("all", "true");
      }
      fetch(words.url + "?" + query)
        .then((response) => (response.ok ? response.json() : Promise.reject(new Error(String(response.status)))))
        .then(show)
        .catch(() => {
          said.textContent = words.unreachable;
        });
    }

    function show(data) {
      choice.replaceChildren(...data.metrics.map((id) => new Option(id, id, false, id === data.metric)));
      said.textContent = data.builds === 0 ? words.empty : data.builds === 1 ? words.one : "";
      fill(data);
      draw(data);
    }

    function number(value) {
      return value === null ? "" : String(Number(value.toPrecision(4)));
    }

    function cell(kind, text, css) {
      const made = document.createElement(kind);
      made.textContent = text;
      if (css) {
        made.className = css;
      }
      return made;
    }

    function fill(data) {
      const head = document.createElement("thead");
      const titles = document.createElement("tr");
      const unit = data.unit ? " (" + data.unit + ")" : "";
      [words.build, "", words.median + unit, words.interval, words.worst, words.samples, words.category].forEach((title) =>
        titles.append(cell("th", title)),
      );
      head.append(titles);
      const body = document.createElement("tbody");
      const rows = [];
      data.series.forEach((series) =>
        series.points.forEach((point) => rows.push({ label: series.name + " / " + series.scenario, point })),
      );
      rows.sort((a, b) => b.point[0] - a.point[0]);
      rows.slice(0, 400).forEach(({ label, point }) => {
        const row = document.createElement("tr");
        const link = document.createElement("a");
        link.href = words.builds + point[0] + "/live-migration/";
        link.textContent = "#" + point[0];
        const build = document.createElement("td");
        build.append(link);
        const interval = point[3] === null ? "" : number(point[3]) + " – " + number(point[4]);
        row.append(
          build,
          cell("td", label),
          cell("td", number(point[1]), "lmb-number"),
          cell("td", interval, "lmb-number"),
          cell("td", number(point[2]), "lmb-number"),
          cell("td", String(point[5]), "lmb-number"),
          cell("td", point[6]),
        );
        body.append(row);
      });
      table.replaceChildren(head, body);
    }

    function draw(data) {
      if (chart) {
        chart.dispose();
        chart = null;
      }
      if (data.builds === 0 || typeof echarts === "undefined") {
        return;
      }
      const builds = [...new Set(data.runs.map((run) => run.build))].sort((a, b) => a - b);
      const style = getComputedStyle(document.body);
      const ink = style.color;
      const faint = style.getPropertyValue("--text-color-secondary").trim() || ink;
      const marks = data.runs
        .filter((run) => run.changes)
        .map((run) => ({ xAxis: String(run.build), name: run.changes.join("\n"), label: { show: false } }));
      const series = [];
      data.series.forEach((one, index) => {
        const byBuild = new Map(one.points.map((point) => [point[0], point]));
        const label = one.name + " / " + one.scenario;
        const colour = COLOURS[index % COLOURS.length];
        series.push({
          name: label,
          type: "line",
          symbol: SYMBOLS[index % SYMBOLS.length],
          symbolSize: 8,
          connectNulls: false,
          itemStyle: { color: colour },
          lineStyle: { color: colour, width: 2 },
          data: builds.map((build) => (byBuild.has(build) ? byBuild.get(build)[1] : null)),
          markLine: index === 0 ? { symbol: "none", lineStyle: { color: faint, type: "dashed" }, data: marks } : undefined,
        });
        const bound = (which) => builds.map((build) => (byBuild.has(build) ? byBuild.get(build)[which] : null));
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
        legend: { top: 0, right: 0, data: data.series.map((one) => one.name + " / " + one.scenario), textStyle: { color: ink } },
        tooltip: { trigger: "axis", renderMode: "richText", formatter: (items) => tip(items, data) },
        grid: { left: 70, right: 30, top: 50, bottom: 90 },
        xAxis: { type: "category", name: words.build, data: builds.map(String), axisLine: { lineStyle: { color: faint } } },
        yAxis: {
          type: "value",
          name: data.metric + (data.unit ? " (" + data.unit + ")" : ""),
          nameTextStyle: { align: "left" },
          min: 0,
          splitLine: { lineStyle: { color: faint, opacity: 0.3 } },
        },
        dataZoom: [{ type: "inside" }, { type: "slider", bottom: 15 }],
        series,
      });
      chart.on("click", (event) => {
        if (event.componentType === "series") {
          window.location.href = words.builds + event.name + "/live-migration/";
        }
      });
    }

    function tip(items, data) {
      if (items.length === 0) {
        return "";
      }
      const build = Number(items[0].axisValue);
      const lines = ["#" + build];
      data.series.forEach((one) => {
        const point = one.points.find((candidate) => candidate[0] === build);
        const value = point ? words.median + " " + number(point[1]) + " " + data.unit : words.failed;
        lines.push(one.name + " / " + one.scenario + ": " + value);
      });
      data.runs
        .filter((run) => run.build === build && run.changes)
        .forEach((run) => lines.push(words.changed + ": " + run.changes.join("; ")));
      return lines.join("\n");
    }

    function remembered() {
      try {
        return window.localStorage.getItem(memory);
      } catch (refused) {
        return null;
      }
    }

    function remember(metric) {
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
    window.addEventListener("resize", () => chart && chart.resize());
    load(remembered());
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
