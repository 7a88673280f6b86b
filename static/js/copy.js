// A button that copies the words beside it. Without scripts they are selected by hand, and there is no button.
for (const row of document.querySelectorAll("[data-copy]")) {
  const words = document.getElementById(row.dataset.copy);
  if (!words || !navigator.clipboard) continue;
  row.hidden = false;
  row.querySelector("button").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(words.textContent.trim());
      row.querySelector("[role=status]").textContent = "Copied.";
    } catch {
      getSelection().selectAllChildren(words);
      row.querySelector("[role=status]").textContent = "Press Ctrl and C to copy.";
    }
  });
}
