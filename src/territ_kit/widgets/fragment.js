// A piece of page written by Python (which escapes every value); `live` announces its changes.
function render({ model, el: root }) {
  root.classList.add("territ");
  const box = document.createElement("div");
  if (model.get("live")) box.setAttribute("role", "status");
  root.replaceChildren(box);
  const draw = () => { box.innerHTML = model.get("html"); };
  model.on("change:html", draw);
  draw();
  return () => model.off("change:html", draw);
}
export default { render };
