using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Settings;

namespace Parley.Contacts;

public static class ContactsModule
{
    public static readonly Module Module = new("Contacts")
    {
        Migrations =
        [
            new(35, "files", """
                create table files (
                    id bytea primary key, workspace bytea not null, uploader bytea not null, name text not null, size bigint not null, mime text not null,
                    width bigint, height bigint, at bigint not null, taken bigint not null default 0);
                create index files_unused on files (taken, at);
                """),
        ],
        Settings = [SettingsSection.Of<FileSettings>("uploads")],
        Add = services =>
        {
            services.AddSingleton<FileStore>();
            services.AddSingleton<FileLinks>();
            services.AddHostedService<FileSweeping>();
        },
        Map = FilesApi.Map,
    };
}
