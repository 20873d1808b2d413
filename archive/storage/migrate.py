"""Bringing a volume of an older minor version up to this one. Alembic is imported only when that is really needed.

New volumes are made from :mod:`archive.storage.tables` and stamped; a test keeps both ways at the same schema.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from archive.storage.tables import FORMAT

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

_PLACE = Path(__file__).with_name("migrations")


def upgrade(connection: Connection) -> None:
    """Run every migration that the volume has not seen, in one transaction of the caller's, and set its version.

    Args:
        connection: the volume's writer, or one to an empty database.

    Raises:
        DiskFull, ArchiveBusy, ArchiveDamaged: when the caller's transaction ends, the volume is as it was.
    """
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext

    scripts = revisions()

    def _missing(seen: Any, _context: MigrationContext) -> Any:
        # What alembic.command.upgrade itself hands to its context.
        return scripts._upgrade_revs("heads", seen)

    context = MigrationContext.configure(connection, opts={"fn": _missing, "script": scripts})
    with Operations.context(context):
        context.run_migrations()
    connection.exec_driver_sql(f"PRAGMA user_version={FORMAT}")


def revisions() -> ScriptDirectory:
    """The migrations, first to last."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory(str(_PLACE), version_locations=[str(_PLACE)])
