"""Why a file is refused as a whole, one class a reason; nothing of it was taken."""

from erpdesk.errors import UserError


class FileRefusedError(UserError):
    """The file cannot be read as a table."""


class FileNotThereError(FileRefusedError):
    """The file is not there or may not be opened."""


class FileChangedError(FileRefusedError):
    """The file was written while it was read, or since it was tried: it may not be whole yet."""


class FileEmptyError(FileRefusedError):
    """The file is empty."""


class NotATableError(FileRefusedError):
    """This is no table: a PDF, a picture, a web page or another kind of file."""


class BankFormatError(NotATableError):
    """This is a bank's file of another kind than a table; its online bank exports tables too."""


class OldWorkbookError(FileRefusedError):
    """This is an old .xls workbook or one with a password: save it as .xlsx or CSV."""


class BrokenEncodingError(FileRefusedError):
    """The text breaks off in the middle of a character: the file is damaged."""


class UnknownEncodingError(FileRefusedError):
    """The text is in none of the encodings UTF-8, UTF-16 and GB18030: save it as UTF-8."""


class UnclosedQuoteError(FileRefusedError):
    """A quotation mark is opened and never closed."""


class LineTooLongError(FileRefusedError):
    """A line is too long for a table."""


class NoRowsError(FileRefusedError):
    """The file has no rows."""


class NoSuchSheetError(FileRefusedError):
    """The workbook has no sheet of this name."""


class WorkbookTooLargeError(FileRefusedError):
    """The workbook is too large: more than 200,000 rows, 256 columns or 200 MB unpacked."""


class ZipBombError(FileRefusedError):
    """The workbook unpacks to far more than it holds: it was not opened."""


class WorkbookBrokenError(FileRefusedError):
    """The workbook is damaged or is no workbook."""
