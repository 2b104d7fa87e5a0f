// Kazakh for the admin's search fields (select2 brings none). Nouns stay singular after numerals.
(() => {
  const { amd } = window.jQuery.fn.select2;
  amd.define("select2/i18n/kk", [], () => ({
    errorLoading: () => "Нәтижені жүктеу мүмкін болмады",
    inputTooLong: ({ input, maximum }) => `Артық таңбаны өшіріңіз: ${input.length - maximum}`,
    inputTooShort: ({ input, minimum }) => `Тағы кемінде ${minimum - input.length} таңба теріңіз`,
    loadingMore: () => "Жүктеліп жатыр…",
    maximumSelected: ({ maximum }) => `Ең көбі ${maximum} жазба таңдауға болады`,
    noResults: () => "Ештеңе табылмады",
    searching: () => "Ізделуде…",
    removeAllItems: () => "Бәрін алып тастау",
    removeItem: () => "Алып тастау",
  }));
})();
