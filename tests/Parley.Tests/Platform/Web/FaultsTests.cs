using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Parley.Platform.Settings;
using Parley.Platform.Store;
using Parley.Server;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Platforms.Web;

/// <summary>A server of the product with a few routes more, which go wrong in every way.</summary>
public sealed class FaultsTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-faults-").FullName;
    private WebApplication _app = null!;
    private Caller _caller = null!;

    private sealed record Order(string Name, int Count, Size? Size = null, ImmutableArray<string>? Marks = null, ImmutableSortedDictionary<string, string>? Notes = null);

    private enum Size { Small, Large }

    public async Task InitializeAsync()
    {
        var settings = new SettingsReader(ParleyHost.Sections).Set("server.urls", "http://127.0.0.1:0", "test").Set("server.logLevel", "error", "test");
        _app = await ParleyHost.Start(new Launch(settings, _folder)
        {
            Map = routes =>
            {
                routes.MapPost("/test/orders", (Order order) => Results.Ok(order));
                routes.MapGet("/test/number", (int number) => Results.Ok(number));
                routes.MapGet("/test/bug", IResult () => throw new InvalidOperationException("the secret inside"));
                routes.MapGet("/test/outage", IResult () => throw new IOException("No space left on device : '/secret/path'"));
                routes.MapPost("/test/unanswered", IResult () => throw new CommitUnanswered(new SqliteException("the secret disk", 10)));
            },
        });
        _caller = new Caller(new Uri(_app.Urls.First()));
    }

    public async Task DisposeAsync()
    {
        _caller.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{\"name\":\"Ana\",\"count\":1}}")]
    public async Task A_body_that_is_not_the_json_that_is_taken(string body) => (await Send(body)).Refused(HttpStatusCode.BadRequest, "request.malformed");

    [Theory]
    [InlineData("""{"name":1,"count":1}""", "name")]
    [InlineData("""{"name":"Ana","count":"1"}""", "count")]
    [InlineData("""{"name":"Ana","count":1.5}""", "count")]
    [InlineData("""{"name":"Ana","count":99999999999}""", "count")]
    [InlineData("""{"name":null,"count":1}""", "name")]
    [InlineData("""{"name":"Ana","count":1,"size":"huge"}""", "size")]
    [InlineData("""{"name":"Ana","count":1,"size":1}""", "size")]
    [InlineData("""{"name":"Ana","count":1,"marks":["a",null]}""", "marks")]
    [InlineData("""{"name":"Ana","count":1,"notes":{"a":null}}""", "notes")]
    [InlineData("""{"count":1}""", "name")]
    [InlineData("""{"name":"Ana"}""", "count")]
    public async Task A_wrong_or_missing_field_is_named_and_our_types_are_not(string body, string field)
    {
        var answer = (await Send(body)).Refused(HttpStatusCode.BadRequest, "request.malformed");
        answer["detail"].ShouldContain(field);
        answer.Text.ShouldNotContain("System.");
        answer.Text.ShouldNotContain("Order");
    }

    [Fact]
    public async Task A_good_body_passes() => (await Send("""{"name":"Ana","count":1,"size":"large","other":true}""")).Expect(HttpStatusCode.OK)["size"].ShouldBe("large");

    [Fact]
    public async Task Another_type_of_body_is_refused() =>
        (await _caller.Raw(HttpMethod.Post, "/test/orders", "name=Ana", "application/x-www-form-urlencoded")).Refused(HttpStatusCode.UnsupportedMediaType, "request.mediaType");

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused() =>
        (await Send($$"""{"name":"{{new string('a', 1_100_000)}}","count":1}""")).Refused(HttpStatusCode.RequestEntityTooLarge, "request.tooLarge");

    /// <summary>Most clients read the answer only when they have sent all of it.</summary>
    [Fact]
    public async Task Who_sends_far_too_much_still_hears_why()
    {
        const int Much = 30_000_000;
        using var socket = new TcpClient();
        await socket.ConnectAsync(_caller.Address.Host, _caller.Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /test/orders HTTP/1.1\r\nHost: {_caller.Address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {Much}\r\n\r\n"));
        await stream.WriteAsync(new byte[Much]);
        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync()).ShouldBe("HTTP/1.1 413 Payload Too Large");
    }

    [Theory]
    [InlineData("/test/number?number=abc")]
    [InlineData("/test/number?number=")]
    [InlineData("/test/number")]
    public async Task A_wrong_or_missing_value_in_the_address_is_named(string path) =>
        (await _caller.Get(path)).Refused(HttpStatusCode.BadRequest, "request.malformed")["detail"].ShouldStartWith("number: ");

    [Fact]
    public async Task What_is_nowhere_and_what_is_not_done_here()
    {
        (await _caller.Get("/v1/nothing")).Refused(HttpStatusCode.NotFound, "route.unknown");
        (await _caller.Get("/..%2f..%2fetc/passwd")).Refused(HttpStatusCode.NotFound, "route.unknown");
        (await _caller.Delete("/test/orders")).Refused(HttpStatusCode.MethodNotAllowed, "route.method");
    }

    [Fact]
    public async Task A_bug_shows_nothing_of_our_insides()
    {
        var answer = (await _caller.Get("/test/bug")).Refused(HttpStatusCode.InternalServerError, "server.fault");
        answer.Text.ShouldNotContain("secret");
        answer.Text.ShouldNotContain("Exception");
    }

    [Fact]
    public async Task An_outage_says_when_to_come_back()
    {
        var answer = (await _caller.Get("/test/outage")).Refused(HttpStatusCode.ServiceUnavailable, "store.unavailable");
        answer.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        answer.Text.ShouldNotContain("secret");
        answer.Text.ShouldNotContain("Nothing was changed");
    }

    [Fact]
    public async Task Where_nobody_knows_whether_it_was_done_that_is_said()
    {
        var answer = (await _caller.Post("/test/unanswered", new { })).Refused(HttpStatusCode.ServiceUnavailable, "store.unanswered");
        answer.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        answer.Text.ShouldNotContain("secret");
        answer["detail"].ShouldContain("clientId");
    }

    [Fact]
    public async Task It_lives_and_is_ready()
    {
        (await _caller.Get("/health/live")).Expect(HttpStatusCode.OK)["status"].ShouldBe("live");
        (await _caller.Get("/health/ready")).Expect(HttpStatusCode.OK)["status"].ShouldBe("ready");
    }

    private Task<Answer> Send(string body) => _caller.Raw(HttpMethod.Post, "/test/orders", body);
}
