using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Contacts;
using Parley.Platform.Blobs;
using Parley.Platform.Store;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Contacts;

public class FilesApiTests
{
    private static readonly byte[] Png = Convert.FromHexString("89504E470D0A1A0A0000000D4948445200000140000000F00802000000");

    [Fact, Trait("row", "PA4")]
    public async Task An_upload_is_answered_with_what_it_is_and_read_by_its_signed_address()
    {
        await using var house = await Lighthouse.Open();
        var answer = (await house.Kim.Upload("/v1/files", "../../sail plan.png", "image/png", Png)).Expect(HttpStatusCode.Created);
        answer["name"].ShouldBe("sail plan.png");
        answer["mime"].ShouldBe("image/png");
        answer["width"].ShouldBe("320");
        answer["height"].ShouldBe("240");
        answer["size"].ShouldBe(Png.Length.ToString());
        (await house.Stranger().Download(answer["url"])).ShouldBe(Png);
    }

    [Fact]
    public async Task A_file_is_served_so_that_it_cannot_run()
    {
        await using var house = await Lighthouse.Open();
        var url = (await house.Kim.Upload("/v1/files", "notes.txt", "text/plain", "<script>alert(1)</script>"u8.ToArray())).Expect(HttpStatusCode.Created)["url"];
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = house.Address };
        using var response = await http.GetAsync(url);
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("sandbox");
        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
    }

    [Theory]
    [InlineData("page.html", "text/html", "<html>", "file.typeRefused")]
    [InlineData("picture.svg", "image/svg+xml", "<svg/>", "file.typeRefused")]
    [InlineData("run.exe", "application/x-msdownload", "MZ", "file.typeRefused")]
    [InlineData("whatever.xyz", "application/x-unheard-of", "x", "file.typeRefused")]
    [InlineData("picture.png", "image/png", "not a picture", "file.notAsClaimed")]
    [InlineData("notes.txt", "text/plain", "MZ\u0090", "file.notAsClaimed")]
    [InlineData("invoice.html", "text/plain", "<script>alert(1)</script>", "file.notAsClaimed")]
    [InlineData("invoice.hta", "text/plain", "<script>", "file.typeRefused")]
    [InlineData("invoice.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "PK\u0003\u0004", "file.notAsClaimed")]
    public async Task A_file_of_a_refused_type_or_not_what_it_claims_is_refused(string name, string mime, string text, string code)
    {
        await using var house = await Lighthouse.Open();
        (await house.Kim.Upload("/v1/files", name, mime, System.Text.Encoding.Latin1.GetBytes(text))).Refused(HttpStatusCode.UnsupportedMediaType, code);
    }

    [Theory]
    [InlineData("IMG_0001.MOV", "video/quicktime", "000000146674797071742020")]
    [InlineData("IMG_0001.HEIC", "image/heic", "000000186674797068656963")]
    [InlineData("IMG_0001.heif", "", "00000018667479706D696631")]
    public async Task What_a_telephone_makes_is_taken_and_handed_over_as_a_file(string name, string mime, string hex)
    {
        await using var house = await Lighthouse.Open();
        var answer = (await house.Kim.Upload("/v1/files", name, mime is "" ? "application/octet-stream" : mime, Convert.FromHexString(hex))).Expect(HttpStatusCode.Created);
        answer.Has("width").ShouldBeFalse();
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = house.Address };
        using var response = await http.GetAsync(answer["url"]);
        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
    }

    [Fact]
    public async Task Who_uploads_and_sends_nothing_is_stopped_and_what_was_sent_does_not_count()
    {
        await using var house = await Lighthouse.Open(("uploads.unsentPerUploader", "200000"), ("uploads.unsentPerAddress", "390000"));
        var (ana, ben, other) = (await house.Ana(), await house.Ben(), await house.Ana());
        async Task<Answer> Up(Caller who, string path = "/v1/widget/files") => await who.Upload(path, "a.txt", "text/plain", new byte[80_000].Select(_ => (byte)'x').ToArray());
        var first = (await Up(ana)).Expect(HttpStatusCode.Created)["id"];
        (await Up(ana)).Expect(HttpStatusCode.Created);
        (await Up(ana)).Refused(HttpStatusCode.TooManyRequests, "files.unsent").Headers.RetryAfter.ShouldNotBeNull();
        var sent = new { clientId = "1", content = new { type = "file", files = new[] { first } } };
        (await ana.Post("/v1/widget/conversations", sent)).Expect(HttpStatusCode.Created);
        (await Up(ana)).Expect(HttpStatusCode.Created);

        // Of one address all strangers together; agents are known.
        (await Up(ben)).Expect(HttpStatusCode.Created);
        (await Up(ben)).Expect(HttpStatusCode.Created);
        (await Up(other)).Refused(HttpStatusCode.TooManyRequests, "files.unsent");
        (await Up(house.Kim, "/v1/files")).Expect(HttpStatusCode.Created);
        (await Up(ana)).Refused(HttpStatusCode.TooManyRequests, "files.unsent");
    }

    [Fact]
    public async Task Where_the_disk_has_little_room_left_no_file_is_taken_and_words_still_are()
    {
        await using var house = await Lighthouse.Open(("uploads.leastFree", (1L << 50).ToString()));
        var ana = await house.Ana();
        (await ana.Upload("/v1/widget/files", "a.txt", "text/plain", "one"u8.ToArray())).Refused(HttpStatusCode.ServiceUnavailable, "files.noRoom");
        await ana.Write("Hello");
    }

    [Fact]
    public async Task An_upload_that_the_disk_does_not_take_leaves_nothing_behind()
    {
        var folder = Directory.CreateTempSubdirectory("parley-files-").FullName;
        await using var house = await Lighthouse.Open(("files.folder", folder));
        var database = house.Services.GetRequiredService<Database>();
        Task<Answer> Up() => house.Kim.Upload("/v1/files", "a.txt", "text/plain", "one"u8.ToArray());
        Task<long> Rows() => database.Read(session => session.One<long>("select count(*) from files"));
        async Task<int> Blobs() => await house.Services.GetRequiredService<BlobStore>().All().CountAsync();

        await database.Write(session => session.Execute("create trigger full before insert on files begin select raise(abort, 'the disk is full'); end"));
        (await Up()).Refused(HttpStatusCode.ServiceUnavailable, "store.unavailable").Headers.RetryAfter.ShouldNotBeNull();
        await database.Write(session => session.Execute("drop trigger full"));
        (await Rows(), await Blobs()).ShouldBe((0, 0));

        // The folders into which files are spread are files themselves: nothing can be written there.
        for (var i = 0; i < 256; i++)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, i.ToString("x2")), "");
        }

        (await Up()).Refused(HttpStatusCode.ServiceUnavailable, "store.unavailable");
        (await Rows(), await Blobs()).ShouldBe((0, 0));
        Directory.Delete(folder, recursive: true);
        (await Up()).Expect(HttpStatusCode.Created);
        (await Rows(), await Blobs()).ShouldBe((1, 1));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_picture_that_no_browser_would_decode_is_refused()
    {
        await using var house = await Lighthouse.Open();
        (await house.Kim.Upload("/v1/files", "broken.png", "image/png", Png[..12])).Refused(HttpStatusCode.UnsupportedMediaType, "file.notAsClaimed");
    }

    [Fact]
    public async Task A_file_over_the_limit_and_an_empty_one_are_refused()
    {
        await using var house = await Lighthouse.Open(("uploads.limit", "1000"));
        (await house.Kim.Upload("/v1/files", "a.txt", "text/plain", new byte[1001])).Refused(HttpStatusCode.RequestEntityTooLarge, "file.tooLarge");
        (await house.Kim.Upload("/v1/files", "a.txt", "text/plain", new byte[200_000])).Refused(HttpStatusCode.RequestEntityTooLarge, "file.tooLarge");
        (await house.Kim.Upload("/v1/files", "a.txt", "text/plain", [])).Refused(HttpStatusCode.BadRequest, "file.empty");
    }

    [Fact]
    public async Task What_is_no_form_or_has_no_file_is_malformed()
    {
        await using var house = await Lighthouse.Open();
        (await house.Kim.Post("/v1/files", new { name = "x" })).Status.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.UnsupportedMediaType);
        (await house.Kim.Send(HttpMethod.Post, "/v1/files", new MultipartFormDataContent { { new StringContent("x"), "other" } })).Refused(HttpStatusCode.BadRequest, "request.malformed");
        var cut = new ByteArrayContent("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhalf"u8.ToArray()) { Headers = { { "Content-Type", "multipart/form-data; boundary=b" } } };
        (await house.Kim.Send(HttpMethod.Post, "/v1/files", cut)).Refused(HttpStatusCode.BadRequest, "request.malformed");
    }

    [Fact]
    public async Task An_address_that_was_tampered_with_or_is_too_old_finds_nothing()
    {
        await using var house = await Lighthouse.Open();
        var one = (await house.Kim.Upload("/v1/files", "a.txt", "text/plain", "one"u8.ToArray())).Expect(HttpStatusCode.Created);
        var two = (await house.Kim.Upload("/v1/files", "b.txt", "text/plain", "two"u8.ToArray())).Expect(HttpStatusCode.Created);
        var token = one["url"].Split("t=")[1];
        var stranger = house.Stranger();
        (await stranger.Get($"/v1/files/{one["id"]}")).Refused(HttpStatusCode.NotFound, "file.unknown");
        (await stranger.Get($"/v1/files/{two["id"]}?t={token}")).Refused(HttpStatusCode.NotFound, "file.unknown");
        (await stranger.Get($"/v1/files/{one["id"]}?t={token[..^2]}AA")).Refused(HttpStatusCode.NotFound, "file.unknown");
        house.Clock.Advance(TimeSpan.FromHours(48));
        (await stranger.Get(one["url"])).Refused(HttpStatusCode.NotFound, "file.unknown");
    }

    [Fact]
    public async Task A_file_that_no_message_took_goes_after_a_day()
    {
        await using var house = await Lighthouse.Open();
        var url = (await house.Kim.Upload("/v1/files", "a.txt", "text/plain", "one"u8.ToArray())).Expect(HttpStatusCode.Created)["url"];
        var files = house.Services.GetRequiredService<FileStore>();
        (await files.Sweep(house.Clock.GetUtcNow() - TimeSpan.FromHours(24))).ShouldBe(0);
        house.Clock.Advance(TimeSpan.FromHours(25));
        await files.Sweep(house.Clock.GetUtcNow() - TimeSpan.FromHours(24));
        (await house.Stranger().Get(url)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await house.Services.GetRequiredService<Parley.Platform.Blobs.BlobStore>().All().CountAsync()).ShouldBe(0);
    }
}
