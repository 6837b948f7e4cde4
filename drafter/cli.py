"""The command line: the words, the exit status, and the one place where errors become lines."""

from __future__ import annotations

import argparse
import re
import sys
import traceback
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from drafter import __version__, commands
from drafter.errors import DrafterError
from drafter.files import reason

DONE, BLOCKED, UNUSABLE = 0, 1, 2
INTERRUPTED = 130
LAST_PORT = 65_535


_COMPLAINTS = (
    (r"the following arguments are required: (.+)", r"还缺少：\1"),
    (r"unrecognized arguments: (.+)", r"不认识：\1"),
    (r"argument (.+?): expected (?:one|at least one) argument", r"\1后面要写内容"),
    (r"argument (.+?): invalid int value: '(.*)'", r"\1要写整数，现在是“\2”"),
    (r"argument (.+?): invalid choice: '(.*?)' \(choose from (.+)\)", r"\1没有“\2”，可选：\3"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1不能和\2同时用"),
    (r"argument (\S+): ", r"\1"),
)


class _Help(argparse.HelpFormatter):
    """Help whose first word is Chinese like the rest."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """A parser that speaks Chinese and answers a wrong call with one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"add_help": False, "formatter_class": _Help})
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示用法")

    def error(self, message: str) -> NoReturn:
        for english, chinese in _COMPLAINTS:
            message = re.sub(english, chinese, message)
        self.exit(UNUSABLE, f"用法不对：{message}。可用“{self.prog} --help”查看用法。\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; return 0 done, 1 done with findings that block, 2 bad input or usage."""
    _use_utf8()
    arguments = parser().parse_args(argv)
    try:
        status: int = arguments.run(arguments)
    except DrafterError as error:
        return _complain(str(error))
    except KeyboardInterrupt:
        print("已停止。", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        return DONE
    except OSError as error:
        return _complain(f"文件操作失败：{reason(error)}（{error.filename or '未知文件'}）")
    except Exception as error:  # noqa: BLE001 - the last edge: a clerk gets a line to pass on
        return _complain(_unforeseen(error))
    return status


def _unforeseen(error: Exception) -> str:
    """Return a line by which a maintainer finds the place."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name} 第{place.lineno}行"
    told = f"{type(error).__name__}：{error}，{where}"
    return f"程序内部出错（{told}），请把这一行和所用的文件发给维护人员"


def _complain(message: str) -> int:
    line = " ".join(message.split())
    print(line if line.endswith(("。", "？")) else f"{line}。", file=sys.stderr)
    return UNUSABLE


def _use_utf8() -> None:
    """Write UTF-8 whatever the console's code page, so that no character is lost."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; docs/commands.md is generated from it."""
    top = _Parser(
        prog="drafter",
        description="乡镇工作总结起草：每个数字、名称、日期都有依据，没有的留空待补。",
    )
    top.add_argument(
        "--version", action="version", version=f"drafter {__version__}", help="显示版本"
    )
    group = top.add_subparsers(dest="command", required=True, metavar="命令", parser_class=_Parser)
    for add in (_draft, _check, _readback, _compare, _batch, _samples, _evaluate, _serve, _app):
        add(group)
    return top


Commands = argparse._SubParsersAction  # the type that add_subparsers returns has no public name


def _command(group: Commands[_Parser], name: str, about: str) -> argparse.ArgumentParser:
    return group.add_parser(name, help=about, description=about)


def _json_option(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", metavar="FILE|-", help="结果写成 JSON；- 表示写到标准输出")


def _draft(group: Commands[_Parser]) -> None:
    command = _command(group, "draft", "由素材起草一份总结，导出 .docx")
    command.add_argument("facts", metavar="FACTS", help="素材：.txt .docx .xlsx .csv")
    command.add_argument("-o", "--output", metavar="OUT.docx", help="导出到哪个文件")
    command.add_argument("--tasks", metavar="FILE", help="上级任务清单，一行一个标题")
    _drafting_options(command)
    command.add_argument("--unit", default="", metavar="单位", help="单位名称")
    command.add_argument("--title", default="", metavar="标题", help="标题；不填则按素材拟定")
    command.add_argument("--last-year", metavar="FILE", help="上年材料：只用来比对，不作依据")
    command.add_argument("--review", action="store_true", help="导出审阅稿（核查意见作批注）")
    command.add_argument("--annex", action="store_true", help="附依据表（数字—事实—来源）")
    command.add_argument(
        "--form", metavar="docx|pdf|txt|md|html", help="导出格式；不填则按文件名，默认 docx"
    )
    _paper_options(command)
    _json_option(command)
    command.set_defaults(run=commands.draft)


def _unit_option(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--unit", default="", metavar="单位", help="单位名称；素材里没写时请填，免得当作无依据"
    )


def _drafting_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--samples", metavar="DIR", help="样本文件夹；不填用自带样本")
    command.add_argument("--year", type=int, metavar="2025", help="总结的是哪一年")
    command.add_argument("--sealed", action="store_true", help="脱密起草：发给模型的只有代号")


def _paper_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--public", action="store_true", help="公开版：标了“内部”的内容不写入")
    command.add_argument(
        "--sealed-signature", action="store_true", help="落款按加盖印章编排（不填按不加盖印章）"
    )
    command.add_argument("--template", default="", metavar="FILE", help="套用本单位的 .docx 模板")
    command.add_argument(
        "--profile", default="", metavar="FILE", help="版式：自带版式的名称，或本单位的 .json"
    )


def _check(group: Commands[_Parser]) -> None:
    command = _command(group, "check", "核查文稿：每个数字、名称、日期有没有依据")
    command.add_argument("text", metavar="TEXT", help="文稿：.txt 或 .docx")
    command.add_argument("--facts", required=True, metavar="FACTS", help="素材")
    _unit_option(command)
    command.add_argument("--samples", metavar="DIR", help="样本文件夹（查串稿）")
    command.add_argument("--year", type=int, metavar="2025", help="总结的是哪一年")
    _json_option(command)
    command.set_defaults(run=commands.check)


def _readback(group: Commands[_Parser]) -> None:
    command = _command(group, "readback", "读回改过的 .docx：改了哪里、批了什么、改后有没有依据")
    command.add_argument("edited", metavar="EDITED.docx", help="改过的文稿（有修订痕迹的按接受算）")
    command.add_argument(
        "--before", required=True, metavar="DRAFT.docx", help="改动前的那一份：原先导出的 .docx"
    )
    command.add_argument("--facts", metavar="FACTS", help="素材；不填则只列改动，不核查")
    _unit_option(command)
    command.add_argument("--samples", metavar="DIR", help="样本文件夹（查串稿）")
    command.add_argument("--year", type=int, metavar="2025", help="总结的是哪一年")
    _json_option(command)
    command.set_defaults(run=commands.read_back)


def _compare(group: Commands[_Parser]) -> None:
    command = _command(group, "compare", "与样本比对：雷同片段、套话率、数据密度")
    command.add_argument("text", metavar="TEXT", help="文稿：.txt 或 .docx")
    command.add_argument("--samples", required=True, metavar="DIR", help="样本文件夹")
    command.add_argument("--allow", metavar="FILE", help="允许相同的上级表述，一行一条")
    _json_option(command)
    command.set_defaults(run=commands.compare)


def _batch(group: Commands[_Parser]) -> None:
    command = _command(group, "batch", "按单位表批量起草，一单位一份")
    command.add_argument("units", metavar="UNITS.xlsx", help="单位表：表头含“单位”“素材”")
    command.add_argument("-o", "--output", required=True, metavar="DIR", help="结果文件夹")
    command.add_argument("--tasks", metavar="FILE", help="上级任务清单，一行一个标题")
    _drafting_options(command)
    command.add_argument("--workers", type=int, default=1, metavar="N", help="同时起草几个单位")
    command.add_argument("--scheduler", metavar="ADDRESS", help="Dask 调度器地址")
    command.add_argument("--resume", action="store_true", help="接着上次，只做没做完的")
    _paper_options(command)
    _json_option(command)
    command.set_defaults(run=commands.batch)


def _samples(group: Commands[_Parser]) -> None:
    command = _command(group, "samples", "样本体检：结构、重复、残留名称、过时表述")
    command.add_argument("folder", metavar="DIR", help="样本文件夹")
    _json_option(command)
    command.set_defaults(run=commands.samples)


def _evaluate(group: Commands[_Parser]) -> None:
    command = _command(group, "evaluate", "评测起草质量：程序拼写、模型逐点写、模型一次写并排比")
    command.add_argument(
        "cases", nargs="?", metavar="CASES", help="案例文件夹；不填则逐篇抽出样本来测"
    )
    command.add_argument("--samples", metavar="DIR", help="样本文件夹；不填用自带样本")
    command.add_argument("-o", "--output", metavar="DIR", help="表和图存到哪个文件夹")
    _json_option(command)
    command.set_defaults(run=commands.evaluate)


def _serve(group: Commands[_Parser]) -> None:
    command = _command(group, "serve-model", "在本机运行一个 GGUF 模型文件（需另装 local 组件）")
    command.add_argument("file", metavar="FILE.gguf", help="模型文件")
    command.add_argument("--host", default="127.0.0.1", help="监听地址")
    command.add_argument("--port", type=_port, default=8080, help="端口")
    command.set_defaults(run=commands.serve_model)


def _app(group: Commands[_Parser]) -> None:
    command = _command(group, "app", "打开网页")
    command.add_argument("--host", help="监听地址，默认 127.0.0.1")
    command.add_argument("--port", type=_port, help="端口，默认 7860")
    command.add_argument("--open", action="store_true", help="启动后打开浏览器")
    command.set_defaults(run=commands.app)


def _port(written: str) -> int:
    if not written.isascii() or not written.isdigit() or int(written) > LAST_PORT:
        raise argparse.ArgumentTypeError(f"要写 0 到 {LAST_PORT} 的整数，现在是“{written}”")
    return int(written)


if __name__ == "__main__":
    sys.exit(main())
