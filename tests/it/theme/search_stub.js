// Stands in for the real search module in the theme's preview.
export async function openSearch() {
  const pages = ["After a session", "Is it safe?", "<img src=x onerror=alert(1)>"];
  return {
    async search(query) {
      if (query === "nothing") return { total: 0, suggestion: "neck", results: [] };
      const results = pages.flatMap((title, at) => [
        { url: `/articles/compare/?${at}`, page: `/articles/compare/?${at}`, title, heading: "", kind: "explainer", region: "Neck", excerpt: "Many people try it for neck pain.", marks: [[23, 27]], score: 3 },
        { url: `/articles/compare/?${at}#aftercare`, page: `/articles/compare/?${at}`, title, heading: "Aftercare", kind: "explainer", region: "Neck", excerpt: "Drink water.", marks: [], score: 2 },
      ]);
      const care = query.includes("chest") ? { level: "emergency", heading: "Call 911 now if:", items: ["you have chest pain"] } : undefined;
      return { total: results.length, suggestion: null, results, care };
    },
  };
}
