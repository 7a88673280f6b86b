// Lets people see the password they type.
for (const input of document.querySelectorAll("input[type=password]")) {
  const button = document.createElement("button");
  const say = (shown) => {
    input.type = shown ? "text" : "password";
    button.textContent = shown ? "Hide password" : "Show password";
  };
  button.type = "button";
  button.className = "field__show";
  button.setAttribute("aria-controls", input.id);
  button.addEventListener("click", () => say(input.type === "password"));
  input.form?.addEventListener("submit", () => say(false));
  say(false);
  input.after(button);
}
