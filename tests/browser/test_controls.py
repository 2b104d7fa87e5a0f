"""The checks can fail: a page that is spoilt on purpose is found out."""

from .visitor import NARROW, Visitor, Visitors, accessibility_faults, overflow

LOGIN = "/kk/accounts/login/"


def test_axe_finds_what_is_wrong(visitor: Visitor) -> None:
    page = visitor.open(LOGIN)
    page.evaluate("document.querySelector('label').remove()")
    assert [fault.partition(":")[0] for fault in accessibility_faults(page)] == ["label"]


def test_what_the_policy_forbids_is_noticed(visitor: Visitor) -> None:
    page = visitor.open(LOGIN)
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'x = 1'}))"
    )
    page.wait_for_timeout(100)
    assert len(visitor.faults) == 1
    assert "Content Security Policy" in visitor.faults[0]
    visitor.faults.clear()


def test_an_error_of_a_script_is_noticed(visitor: Visitor) -> None:
    page = visitor.open(LOGIN)
    page.evaluate("setTimeout(() => { throw new Error('spoilt') })")
    page.wait_for_timeout(100)
    assert len(visitor.faults) == 1
    visitor.faults.clear()


def test_a_file_that_is_missing_is_noticed(visitor: Visitor) -> None:
    page = visitor.open(LOGIN)
    page.evaluate("fetch('/static/missing.css')")
    page.wait_for_timeout(300)
    assert [fault.partition(":")[0] for fault in visitor.faults] == ["404"]
    visitor.faults.clear()


def test_what_stands_outside_the_screen_is_named(visitors: Visitors) -> None:
    page = visitors.come(size=NARROW).open(LOGIN)
    page.evaluate("document.querySelector('h1').style.width = '500px'")
    assert len(overflow(page)) == 1
