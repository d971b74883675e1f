using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Keys;
using Parley.Platform.Settings;
using Parley.Platform.Store;
using Parley.Platform.Web;

namespace Parley.Platform;

public static class PlatformModule
{
    public static readonly Module Module = new("Platform")
    {
        Migrations =
        [
            new(10, "keyring", "create table keyring (number bigint primary key, wrapped bigint not null, secret bytea not null, since bigint not null);"),
        ],
        Settings = [SettingsSection.Of<StoreSettings>("store"), SettingsSection.Of<KeySettings>("keys")],
        Add = services =>
        {
            services.AddSingleton<KeyRing>();
            services.AddHostedService<KeyRingReading>();
        },
        Map = Health.Map,
    };
}
