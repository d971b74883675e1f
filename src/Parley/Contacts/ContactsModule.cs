using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Parley.Contacts.Api;
using Parley.Platform.Settings;
using Parley.Platform.Web;
using Parley.Workspaces;

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
            new(36, "filesUnsent", """
                alter table files add column source text not null default '';
                create index files_uploader on files (uploader) where taken = 0;
                create index files_source on files (source) where taken = 0 and source <> '';
                """),
        ],
        Entries = ContactKind.Entries,
        Kinds = [new ContactKind()],
        Settings = [SettingsSection.Of<FileSettings>("uploads")],
        Add = services =>
        {
            services.AddSingleton<People>();
            services.AddSingleton<VisitorTokens>();
            services.AddSingleton<IProof>(provider => provider.GetRequiredService<VisitorTokens>());
            services.AddSingleton<Acquaintances>();
            services.AddHostedService(provider => provider.GetRequiredService<Acquaintances>());
            services.AddSingleton<Arriving>();
            services.AddSingleton<Sites>();
            services.AddSingleton<Uninvited>();
            services.AddSingleton<Callers>();
            services.AddSingleton<FrameAncestors>(provider => provider.GetRequiredService<Sites>().Ancestors);
            services.AddHostedService<Endings>();
            services.AddSingleton<FileStore>();
            services.AddSingleton<IPictureProof, PictureProof>();
            services.AddSingleton<FileLinks>();
            services.AddHostedService<FileSweeping>();
        },
        Before = app =>
        {
            var sites = app.ApplicationServices.GetRequiredService<Sites>();
            app.Use(next => http => sites.Guard(http, next));
        },
        Map = routes =>
        {
            WidgetApi.Map(routes);
            AvailabilityApi.Map(routes);
            ContactsApi.Map(routes);
            OwnersApi.Map(routes);
            ContactNotesApi.Map(routes);
            MergingApi.Map(routes);
            PicturesApi.Map(routes);
            FilesApi.Map(routes);
            PagesApi.Map(routes);
        },
    };
}
