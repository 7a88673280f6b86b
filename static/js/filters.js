// The filters stand open beside the list on a desk, and are folded on a phone.
const desk = matchMedia("(min-width: 62rem)");
const filters = document.querySelector("[data-filters]");
const follow = () => { filters.open = desk.matches; };

follow();
desk.addEventListener("change", follow);

// An address without the fields that were left empty is one that can be read and shared.
filters.querySelector("form").addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
});
