using Parley.Platform;
using Parley.Platform.Keys;
using Parley.Platform.Store;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Platforms.Keys;

public sealed class KeyRingTests : IAsyncLifetime
{
    private const string Master = "a master key that lies somewhere else";

    private readonly string _folder = Directory.CreateTempSubdirectory("parley-keys-").FullName;
    private readonly Clock _clock = new();
    private Database _database = null!;

    public async Task InitializeAsync()
    {
        _database = new Database(new SqliteDialect(Path.Combine(_folder, "parley.db")));
        await new Migrations(_database, PlatformModule.Module.Migrations, _clock).Apply();
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_was_signed_is_known_again_after_a_restart()
    {
        var text = (await Ring()).Sign("visit", [1, 2, 3]);
        (await Ring()).Verify("visit", text).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Every_change_of_a_character_is_noticed()
    {
        var ring = await Ring();
        foreach (var text in new[] { ring.Sign("visit", "payload"u8), ring.Seal("visit", "payload"u8) })
        {
            for (var i = 0; i < text.Length; i++)
            {
                foreach (var other in new[] { 'A', 'B', '_', '.' }.Where(other => other != text[i]))
                {
                    var changed = text[..i] + other + text[(i + 1)..];
                    ring.Verify("visit", changed).ShouldBeNull($"{i}: {changed}");
                    ring.Unseal("visit", changed).ShouldBeNull($"{i}: {changed}");
                }
            }
        }
    }

    [Fact]
    public async Task Nonsense_is_nothing()
    {
        var ring = await Ring();
        foreach (var text in new[] { null, "", ".", "a", "a.b", "ü.ü", "AAAA.", ".AAAA", new string('A', 10_000) })
        {
            ring.Verify("visit", text).ShouldBeNull();
            ring.Unseal("visit", text).ShouldBeNull();
        }
    }

    [Fact]
    public async Task What_is_for_one_purpose_is_nothing_for_another()
    {
        var ring = await Ring();
        ring.Verify("resume", ring.Sign("visit", [1])).ShouldBeNull();
        ring.Unseal("resume", ring.Seal("visit", [1])).ShouldBeNull();
        ring.Unprotect("resume", ring.Protect("visit", [1])).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_sealed_cannot_be_read()
    {
        var ring = await Ring();
        var text = ring.Seal("cursor", "position 4711"u8);
        System.Text.Encoding.Latin1.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(text)).ShouldNotContain("4711");
        ring.Unseal("cursor", text).ShouldBe("position 4711"u8.ToArray());
    }

    [Fact]
    public async Task A_new_key_signs_when_every_node_knows_it_and_the_old_one_still_verifies()
    {
        var (one, other) = (await Ring(), await Ring());
        var before = one.Sign("visit", [1]);
        await one.Rotate();
        one.Sign("visit", [1]).ShouldBe(before, "The other node does not know the new key yet.");
        await other.Load();
        _clock.Advance(KeyRing.Lead + TimeSpan.FromSeconds(1));
        var after = one.Sign("visit", [1]);
        after.ShouldNotBe(before);
        other.Verify("visit", after).ShouldBe([1]);
        other.Verify("visit", before).ShouldBe([1]);
    }

    [Fact]
    public async Task Two_nodes_that_start_at_once_have_one_ring()
    {
        var rings = Enumerable.Range(0, 4).Select(_ => new KeyRing(_database, _clock, new KeySettings())).ToList();
        await Task.WhenAll(rings.Select(ring => ring.Load()));
        rings.Select(ring => ring.Sign("visit", [1])).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Wrapped_keys_need_the_master_key_and_no_other()
    {
        var text = (await Ring(Master)).Sign("visit", [1]);
        (await Ring(Master)).Verify("visit", text).ShouldBe([1]);
        (await Should.ThrowAsync<StoreRefused>(() => Ring())).Message.ShouldContain("PARLEY__KEYS__MASTER");
        (await Should.ThrowAsync<StoreRefused>(() => Ring("another master key of the same length!"))).Message.ShouldContain("not the one");
        (await Should.ThrowAsync<StoreRefused>(() => Ring("short"))).Message.ShouldContain("32");
        var stored = await _database.Read(session => session.One<byte[]>("select secret from keyring"));
        stored!.Length.ShouldBeGreaterThan(32, "The key itself stands in the store.");
    }

    private async Task<KeyRing> Ring(string? master = null)
    {
        var ring = new KeyRing(_database, _clock, new KeySettings(master));
        await ring.Load();
        return ring;
    }
}
