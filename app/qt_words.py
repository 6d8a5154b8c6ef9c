"""Qt's own words: the names of keys, the menus of fields, the dialogs for files."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator


def speak_as(application: QCoreApplication, code: str) -> bool:
    """Let Qt speak the language ``code`` too; return whether it knows it.

    Called before anything is shown, as the program's own language is chosen.
    """
    translator = QTranslator(application)
    place = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator.load(f"qtbase_{code}", place) and application.installTranslator(
        translator
    )
