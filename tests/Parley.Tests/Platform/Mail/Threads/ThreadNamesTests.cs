using System.Security.Cryptography;
using System.Text;
using Parley.Platform;
using Parley.Platform.Keys;
using Parley.Platform.Mail.Reading;
using Parley.Platform.Mail.Threads;
using Parley.Platform.Store;
using Parley.Tests.Cast;
using Parley.Tests.Platform.Mail.Reading;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Threads;

public sealed class ThreadNamesTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-names-").FullName;
    private readonly Clock _clock = new();
    private Database _database = null!;
    private KeyRing _keys = null!;

    private Guid Thread { get; } = Guid.Parse("0197c0de-0000-7000-8000-0000000000aa");

    public async Task InitializeAsync()
    {
        _database = new Database(new SqliteDialect(Path.Combine(_folder, "parley.db")));
        await new Migrations(_database, PlatformModule.Module.Migrations, _clock).Apply();
        _keys = new KeyRing(_database, _clock, new KeySettings());
        await _keys.Load();
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_thread_stands_in_the_address_and_in_each_mail_and_nobody_else_can_write_it()
    {
        var id = ThreadNames.MessageId(_keys, Thread, "42", "lighthouse.test");
        var address = ThreadNames.Address(_keys, "desk+answers@lighthouse.test", Thread)!;
        await _keys.Rotate();
        ThreadNames.OfMessageId(_keys, id).ShouldBe(Thread);
        ThreadNames.OfMessageId(_keys, id.ToUpperInvariant()).ShouldBe(Thread, "Some servers write all in capitals.");
        ThreadNames.OfAddress(_keys, address).ShouldBe(Thread);
        foreach (var other in new[] { "", "@", ".", "a@b.test", id[1..], new string('0', 42) + ".1@lighthouse.test", id.Replace('.', '-'), "x" + id })
        {
            ThreadNames.OfMessageId(_keys, other).ShouldBeNull(other);
            ThreadNames.OfAddress(_keys, other).ShouldBeNull(other);
        }

        for (var i = 0; i < 42; i++)
        {
            ThreadNames.OfMessageId(_keys, id[..i] + (id[i] == '0' ? '1' : '0') + id[(i + 1)..]).ShouldBeNull();
        }
    }

    [Fact]
    public void What_a_mail_names_is_found_nearest_first_wherever_it_stands()
    {
        var other = Guid.Parse("0197c0de-0000-7000-8000-0000000000bb");
        var (first, second) = (ThreadNames.MessageId(_keys, Thread, "1", "lighthouse.test"), ThreadNames.MessageId(_keys, other, "2", "lighthouse.test"));
        var address = ThreadNames.Address(_keys, "desk@lighthouse.test", Thread)!;
        var ties = Ties($"In-Reply-To: <a@ben.test>\nReferences: <b@ben.test> <{first}>\n <{second}> <a@ben.test>\nSubject: Re: [#{Thread}]");
        ties.Answers.ShouldBe([other, Thread]);
        ties.Addressed.ShouldBeEmpty();
        ties.References.ShouldBe(["a@ben.test", "b@ben.test"]);
        foreach (var header in new[] { $"To: Desk <{address}>", $"To: Kim <kim@lighthouse.test>\nCc: {address.ToUpperInvariant()}", $"Delivered-To: {address}", $"X-Original-To: {address}", $"Envelope-To: <{address}>" })
        {
            Ties(header).Addressed.ShouldBe([Thread], header);
        }

        var said = Ties($"Subject: {first} {address}");
        (said.Answers.Count, said.Addressed.Count, said.References.Count).ShouldBe((0, 0, 0), "A subject says nothing.");
    }

    [Fact]
    public void A_mail_that_comes_again_is_the_same_and_another_under_its_id_is_not()
    {
        Key("Message-ID: <1@ben.test>\nFrom: Ana <ana@ben.test>\nDate: Mon, 23 Nov 2026 08:00:00 +0000\nReceived: by one").ShouldBe(Key("Received: by two\nMessage-ID: <1@ben.test>\nFrom: ANA@ben.test\nDate: Mon, 23 Nov 2026 09:00:00 +0100"));
        Key("Message-ID: <1@ben.test>\nFrom: eve@evil.test\nDate: Mon, 23 Nov 2026 08:00:00 +0000").ShouldNotBe(Key("Message-ID: <1@ben.test>\nFrom: ana@ben.test\nDate: Mon, 23 Nov 2026 08:00:00 +0000"));
        Key("From: ana@ben.test").ShouldNotBe(Key("From: ben@ben.test"));
        Key("From: ana@ben.test").ShouldStartWith("h");
        Key("Message-ID: <1@ben.test>\nFrom: ana@ben.test\n\nOne").ShouldNotBe(Key("Message-ID: <1@ben.test>\nFrom: ana@ben.test\n\nTwo"));
        Key("Message-ID: <1@ben.test>\nFrom: ana@ben.test\n\nOne").ShouldBe(Key("Received: by two\nMessage-ID: <1@ben.test>\nFrom: ana@ben.test\n\nOne"));
    }

    [SkippableFact]
    public void Real_mails_are_told_apart_by_their_keys()
    {
        MailFixtures.Need();
        var files = MailFixtures.Whole.Select(MailFixtures.Open).DistinctBy(Convert.ToBase64String).ToList();
        var keys = files.Select(raw => (Key: MailTies.Key(MailReader.Read(raw), SHA256.HashData(raw)), Ties: MailTies.Of(MailReader.Read(raw), _keys))).ToList();
        keys.ShouldAllBe(each => each.Ties.Answers.Count == 0 && each.Ties.Addressed.Count == 0);
        var bare = keys.Where(each => each.Key.StartsWith('h')).ToList();
        bare.Select(each => each.Key).Distinct().Count().ShouldBe(bare.Count, "What has no id is known by all of it.");
    }

    private MailTies Ties(string headers) => MailTies.Of(MailReader.Read(Encoding.UTF8.GetBytes(headers + "\n\nHello")), _keys);

    private static string Key(string headers)
    {
        var raw = Encoding.UTF8.GetBytes(headers + (headers.Contains("\n\n") ? "" : "\n\nHello"));
        return MailTies.Key(MailReader.Read(raw), SHA256.HashData(raw));
    }
}
