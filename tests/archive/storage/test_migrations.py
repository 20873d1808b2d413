"""Both ways to a volume lead to the same schema."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import create_engine
from sqlcipher3 import dbapi2 as sqlcipher

from archive.storage import migrate
from archive.storage.folder import ArchiveFolder
from archive.storage.tables import FORMAT, REVISION, shape_of


def test_the_migrations_from_nothing_make_what_a_new_volume_has(new_archive: Callable[..., ArchiveFolder]) -> None:
    with new_archive().volumes[0].look() as connection:
        made = shape_of(connection)
        settings = connection.exec_driver_sql("SELECT k, v FROM words_config ORDER BY k").all()
        stamp = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    engine = create_engine("sqlite://", module=sqlcipher)
    with engine.begin() as connection:
        migrate.upgrade(connection)
        assert shape_of(connection) == made
        assert connection.exec_driver_sql("SELECT k, v FROM words_config ORDER BY k").all() == settings
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == stamp == REVISION
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == FORMAT
        migrate.upgrade(connection)
    engine.dispose()


def test_the_newest_migration_is_the_one_new_volumes_are_stamped_with() -> None:
    assert migrate.revisions().get_current_head() == REVISION
