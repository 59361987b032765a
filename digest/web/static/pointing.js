// Where a picture's point is: pressed on it, moved by arrow keys or by the two sliders.

const STEPS = { ArrowLeft: ["x", -1], ArrowRight: ["x", 1], ArrowUp: ["y", -1], ArrowDown: ["y", 1] };

/** Let the point of the picture shown be moved; return what draws it anew. */
export function pointing(done = () => {}) {
  const at = (name) => document.getElementById(`picture-${name}`);
  const draw = () => {
    at("point").style.left = `${at("x").value}%`;
    at("point").style.top = `${at("y").value}%`;
  };
  at("shown").addEventListener("click", (event) => {
    const box = event.target.getBoundingClientRect();
    at("x").value = Math.round(100 * (event.clientX - box.left) / box.width);
    at("y").value = Math.round(100 * (event.clientY - box.top) / box.height);
    draw();
  });
  at("place").addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); done(); return; }
    const [name, way] = STEPS[event.key] ?? [];
    if (!name || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    at(name).value = Number(at(name).value) + way * (event.shiftKey ? 10 : 1);
    draw();
  });
  for (const name of ["x", "y"]) at(name).addEventListener("input", draw);
  draw();
  return draw;
}
