"""The page's layout, and which handler answers to what. Draws nothing itself; see render.py and style.css."""

import json

import gradio as gr

from assistant.page import render
from assistant.page.desk import Desk
from assistant.page.handlers import Handlers, filters_label
from assistant.page.panel import open_article
from assistant.page.telling import Conversation
from index.reading import SUPPORTED

# Hidden from the machine-readable API for now.
_PRIVATE = "private"
_VIEW = '<div class="conversation" role="log" aria-live="polite" aria-relevant="additions" aria-label="{label}"></div>'
_PANEL = (
    '<aside class="sheet" aria-label="Article"><div class="bar"><span>Source</span>'
    '<button type="button" class="close">Close</button></div><div class="scroll" tabindex="0"></div></aside>'
)


def build(desk: Desk) -> gr.Blocks:
    """The whole page over one desk."""
    handlers = Handlers(desk)

    def open_marker(request: object) -> str:
        return open_article(desk.library, request)

    page = gr.Blocks(title="Briefing", analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600))
    with page:
        masthead = gr.HTML(render.masthead(desk.library.coverage()), elem_id="masthead", apply_default_css=False)
        with gr.Row(elem_id="desk", equal_height=False):
            with gr.Column(elem_id="work", scale=3, min_width=300):
                filters = _filters(handlers)
                with gr.Tabs(elem_id="jobs", overflow_behavior="wrap"):
                    with gr.Tab("Ask", id="ask"):
                        front, ways, ask_samples = _ask_tab(handlers, filters)
                    with gr.Tab("Briefing", id="briefing"):
                        choices = _briefing_tab(handlers, filters)
                    with gr.Tab("Check", id="check"):
                        _check_tab(handlers, filters)
                    with gr.Tab("Library", id="library"):
                        files, report, shelf, samples = _library_tab()
            with gr.Column(elem_id="side", scale=2, min_width=0):
                gr.HTML(
                    render.message("Choose a marker, such as [1], to see the sentence behind it in its article."),
                    html_template=_PANEL,
                    elem_id="panel",
                    js_on_load="briefing.panel(element, props, server)",
                    server_functions=[open_marker],
                    apply_default_css=False,
                )
        library_view = [masthead, front, filters[2], choices, shelf, ways, samples]
        added = [report, files, *library_view]
        page.load(handlers.library_view, None, library_view, show_progress="hidden", api_visibility=_PRIVATE)
        # What the browser does by itself comes first: the listeners of one event wait for each other.
        reading = _at_once("Reading the files…")
        files.upload(None, None, [report], js=reading, show_progress="hidden", api_visibility=_PRIVATE)
        files.upload(handlers.add_files, files, added, show_progress="hidden", api_visibility=_PRIVATE)
        reading = _at_once("Reading the sample articles…", shown=2, hidden=2)
        for button in (ask_samples, samples):
            waiting = [report, front, ways, samples]
            button.click(None, None, waiting, js=reading, show_progress="hidden", api_visibility=_PRIVATE)
            button.click(handlers.add_samples, None, added, show_progress="hidden", api_visibility=_PRIVATE)
        shelf.remove(handlers.remove, None, [report, *library_view], show_progress="hidden", api_visibility=_PRIVATE)
    page.queue(default_concurrency_limit=4, max_size=32, api_open=False)
    return page


def _at_once(text: str, *, shown: int = 1, hidden: int = 0) -> str:
    """What the browser does before the server answers: show that it waits, and hide what may not be pressed again."""
    updates = [render.waiting(text)] * shown + [{"__type__": "update", "visible": False}] * hidden
    return f"() => ({json.dumps(updates if len(updates) > 1 else updates[0])})"


Filters = tuple[gr.Textbox, gr.Textbox, gr.Dropdown]


def _filters(handlers: Handlers) -> Filters:
    with gr.Accordion(filters_label(""), open=False, elem_id="filters") as fold:
        with gr.Row():
            since = gr.Textbox(label="Since", placeholder="2026-11-01", max_lines=1, min_width=120)
            until = gr.Textbox(label="Until", placeholder="2026-11-30", max_lines=1, min_width=120)
            outlets = gr.Dropdown(label="Outlets", choices=[], multiselect=True, min_width=200, scale=2)
        hint = gr.HTML("", elem_classes="hint-slot", apply_default_css=False)
    for each in (since, until, outlets):
        each.change(
            handlers.describe,
            [since, until, outlets],
            [fold, hint],
            show_progress="hidden",
            trigger_mode="always_last",
            api_visibility=_PRIVATE,
        )
    return since, until, outlets


def _view(label: str) -> gr.HTML:
    """Where answers are drawn, by page.js: what was drawn once is left alone while more streams in."""
    return gr.HTML(
        [],
        html_template=_VIEW.format(label=label),
        js_on_load="briefing.conversation(element, props, watch)",
        apply_default_css=False,
    )


def _ask_tab(handlers: Handlers, filters: Filters) -> tuple[gr.HTML, gr.Row, gr.Button]:
    told = gr.State(Conversation())
    view = _view("Conversation")
    front = gr.HTML("", elem_id="front", apply_default_css=False)
    with gr.Row(visible=False) as ways:
        samples = gr.Button("Load the sample articles", elem_classes="plain", scale=0, min_width=200)
        own = gr.Button("Add your own articles", elem_classes="plain", scale=0, min_width=180)
    own.click(None, None, None, js="() => briefing.turnTo('library')", api_visibility=_PRIVATE)
    with gr.Column(elem_id="question"):
        with gr.Row():
            box = gr.Textbox(
                label="Ask a question", placeholder="What do you want to know?", max_lines=4, autofocus=True, scale=1
            )
            go = gr.Button("Ask", variant="primary", scale=0, min_width=90)
            stop = gr.Button("Stop", variant="stop", visible=False, scale=0, min_width=90)
        hint = gr.HTML("", elem_classes="hint-slot", apply_default_css=False)
        again = gr.Button("New conversation", elem_classes="plain", elem_id="again", scale=0)
    asking = gr.on(
        [box.submit, go.click],
        handlers.ask,
        [box, told, *filters],
        [view, box, hint, go, stop],
        show_progress="hidden",
        api_visibility=_PRIVATE,
    )
    stop.click(handlers.stop, told, [view, go, stop], cancels=asking, show_progress="hidden", api_visibility=_PRIVATE)
    again.click(
        handlers.start_over, told, [view, go, stop], cancels=asking, show_progress="hidden", api_visibility=_PRIVATE
    )
    return front, ways, samples


def _briefing_tab(handlers: Handlers, filters: Filters) -> gr.Dropdown:
    told = gr.State(Conversation())
    topic = gr.Textbox(label="Topic", placeholder="Leave empty to brief on all articles", max_lines=1)
    chosen = gr.Dropdown(label="Only these articles", choices=[], multiselect=True)
    words = gr.Slider(80, 160, value=120, step=10, label="Words, about")
    with gr.Row(elem_classes="buttons"):
        go = gr.Button("Write the briefing", variant="primary", scale=0, min_width=180)
        stop = gr.Button("Stop", variant="stop", visible=False, scale=0, min_width=180)
    hint = gr.HTML("", elem_classes="hint-slot", apply_default_css=False)
    view = _view("Briefing")
    briefing = gr.on(
        [go.click, topic.submit],
        handlers.brief,
        [topic, chosen, words, told, *filters],
        [view, hint, go, stop],
        show_progress="hidden",
        api_visibility=_PRIVATE,
    )
    stop.click(handlers.stop, told, [view, go, stop], cancels=briefing, show_progress="hidden", api_visibility=_PRIVATE)
    return chosen


def _check_tab(handlers: Handlers, filters: Filters) -> None:
    told = gr.State(Conversation())
    text = gr.Textbox(
        label="Text to check", placeholder="Paste a draft, a summary, a press release…", lines=7, max_lines=16
    )
    with gr.Row(elem_classes="buttons"):
        go = gr.Button("Check the text", variant="primary", scale=0, min_width=180)
        stop = gr.Button("Stop", variant="stop", visible=False, scale=0, min_width=180)
    hint = gr.HTML("", elem_classes="hint-slot", apply_default_css=False)
    view = _view("Check")
    checking = go.click(
        handlers.check,
        [text, told, *filters],
        [view, hint, go, stop],
        show_progress="hidden",
        api_visibility=_PRIVATE,
    )
    stop.click(handlers.stop, told, [view, go, stop], cancels=checking, show_progress="hidden", api_visibility=_PRIVATE)


def _library_tab() -> tuple[gr.File, gr.HTML, gr.HTML, gr.Button]:
    files = gr.File(
        label=f"Add articles ({', '.join(SUPPORTED)})",
        file_count="multiple",
        file_types=list(SUPPORTED),
        height=130,
        elem_id="files",
    )
    samples = gr.Button("Load the sample articles", visible=False, elem_classes="plain")
    report = gr.HTML("", apply_default_css=False)
    shelf = gr.HTML(
        "",
        js_on_load="briefing.shelf(element, watch, (ids) => trigger('remove', {ids}))",
        apply_default_css=False,
        elem_id="shelf",
    )
    return files, report, shelf, samples
